package io.jobqueue.sample.thumbnails;

import io.jobqueue.Enqueued;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.sample.JobLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** Takes photos, queues them and serves their thumbnails. */
@RestController
@RequestMapping("/thumbnails")
class ThumbnailController {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final PhotoUpload upload;
    private final PhotoDirectory photos;
    private final JobQueue jobQueue;

    ThumbnailController(PhotoUpload upload, PhotoDirectory photos, JobQueue jobQueue) {
        this.upload = upload;
        this.photos = photos;
        this.jobQueue = jobQueue;
    }

    /** Where to follow a queued photo. */
    record Queued(String id, String queue, URI location, String thumbnails) {}

    @PostMapping(params = "!wait")
    ResponseEntity<Queued> queue(@RequestPart MultipartFile photo) throws IOException {
        Enqueued enqueued = jobQueue.enqueue(request(upload.store(photo)));
        String id = enqueued.id().value();
        URI location = JobLocation.of(enqueued.id());
        return ResponseEntity.accepted()
                .location(location)
                .body(new Queued(id, enqueued.id().queue(), location, "/thumbnails/" + id + "/{size}"));
    }

    @PostMapping(params = "wait=true")
    ResponseEntity<Resource> queueAndWait(@RequestPart MultipartFile photo) throws IOException {
        Photo stored = upload.store(photo);
        JobRequest request = request(stored);
        jobQueue.enqueueAndWait(request, Thumbnails.class, LONGEST_WAIT);
        return ResponseEntity.ok()
                .header("Content-Location", "/thumbnails/" + stored.id() + "/" + ThumbnailSize.MEDIUM.label())
                .contentType(MediaType.IMAGE_JPEG)
                .body(new FileSystemResource(photos.thumbnail(stored.id(), ThumbnailSize.MEDIUM)));
    }

    @GetMapping("/{id}/{size}")
    ResponseEntity<Resource> thumbnail(@PathVariable UUID id, @PathVariable String size) throws IOException {
        ThumbnailSize wanted = ThumbnailSize.labelled(size)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "size '" + size + "' is unknown; ask for small, medium or large"));
        Path picture = photos.thumbnail(id, wanted);
        if (!Files.exists(picture)) {
            throw missing(id, wanted);
        }
        return ResponseEntity.ok().contentType(MediaType.IMAGE_JPEG).body(new FileSystemResource(picture));
    }

    @ExceptionHandler
    ProblemDetail unreadable(UnreadablePictureException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.UNSUPPORTED_MEDIA_TYPE, e.getMessage());
    }

    private static JobRequest request(Photo photo) {
        return JobRequest.of(ThumbnailHandler.TYPE, photo)
                .queue(ThumbnailHandler.QUEUE)
                .id(photo.id().toString())
                .build();
    }

    private ResponseStatusException missing(UUID id, ThumbnailSize size) {
        Optional<JobSnapshot> job = jobQueue.find(JobId.of(ThumbnailHandler.QUEUE, id.toString()));
        return job.map(found -> new ResponseStatusException(
                        HttpStatus.CONFLICT,
                        "photo " + id + ": has no " + size.label() + " thumbnail, its job is " + found.state()))
                .orElseGet(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "photo " + id + ": is unknown"));
    }
}

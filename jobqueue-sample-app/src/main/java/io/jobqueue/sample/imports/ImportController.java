package io.jobqueue.sample.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** Takes order files and shows how far they have come. */
@RestController
@RequestMapping("/imports")
class ImportController {

    private final OrderImport orderImport;
    private final ImportProgress progress;

    ImportController(OrderImport orderImport, ImportProgress progress) {
        this.orderImport = orderImport;
        this.progress = progress;
    }

    @PostMapping(consumes = "text/csv")
    ResponseEntity<OrderImport.Summary> csv(@RequestParam @Nullable String id, InputStream body) throws IOException {
        return queue(id, body);
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<OrderImport.Summary> file(@RequestParam @Nullable String id, @RequestPart MultipartFile file)
            throws IOException {
        try (InputStream body = file.getInputStream()) {
            return queue(id, body);
        }
    }

    @GetMapping("/{id}")
    ImportProgress.Report progress(@PathVariable String id) throws IOException {
        return progress.of(parse(id))
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "import '" + id + "': is unknown"));
    }

    @ExceptionHandler
    ProblemDetail malformed(MalformedCsvException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
    }

    private ResponseEntity<OrderImport.Summary> queue(@Nullable String id, InputStream body) throws IOException {
        ImportId importId = id == null ? ImportId.random() : parse(id);
        OrderImport.Summary summary = orderImport.queue(importId, new InputStreamReader(body, StandardCharsets.UTF_8));
        return ResponseEntity.accepted()
                .location(URI.create("/imports/" + importId.value()))
                .body(summary);
    }

    private static ImportId parse(String id) {
        return ImportId.parse(id)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST,
                        "the import id may hold 1 to 64 letters, digits, dashes and underscores"));
    }
}

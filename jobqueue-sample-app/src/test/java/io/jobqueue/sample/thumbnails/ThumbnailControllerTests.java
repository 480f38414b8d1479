package io.jobqueue.sample.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.sample.Answer;
import io.jobqueue.sample.RunningSample;
import io.jobqueue.sample.SampleClient;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

@RunningSample
class ThumbnailControllerTests {

    private static final Resource PHOTO = new FileSystemResource("samples/photo.jpg");

    private SampleClient sample;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        sample = new SampleClient(port);
    }

    @Test
    void anUploadIsQueuedScaledAndServed() throws IOException {
        Answer queued = upload("/thumbnails", PHOTO);
        Map<String, Object> job = sample.awaitEnd(queued.text("location"));

        assertThat(queued.status()).isEqualTo(202);
        assertThat(job)
                .containsEntry("queue", "thumbnails")
                .containsEntry("state", "COMPLETED")
                .containsEntry("attempts", 1)
                .containsEntry("progress", Map.of("percent", 100, "note", "small is ready"));
        assertThat(job.get("result")).extracting("width", "height").containsExactly(3000, 2000);
        assertThat(sample.get("/jobs/" + queued.text("id")).json()).isEqualTo(job);
        assertThatPicture(thumbnail(queued, "large"), 1280, 853);
        assertThatPicture(thumbnail(queued, "medium"), 480, 320);
        assertThatPicture(thumbnail(queued, "small"), 160, 107);
    }

    @Test
    void anUploadCanBeAwaited() throws IOException {
        Answer medium = upload("/thumbnails?wait=true", PHOTO);

        assertThat(medium.status()).isEqualTo(200);
        assertThatPicture(medium, 480, 320);
    }

    @Test
    void whatIsNoPictureIsRefusedBeforeItIsQueued() {
        Answer refused = upload("/thumbnails", file("hello".getBytes(StandardCharsets.UTF_8)));

        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(refused.text("detail")).isEqualTo("the upload is no picture; send a JPEG, PNG or GIF file");
    }

    @Test
    void aDamagedPictureFailsAtItsFirstAttempt() throws IOException {
        Answer queued = upload("/thumbnails", damagedPicture());
        Map<String, Object> job = sample.awaitEnd(queued.text("location"));

        assertThat(job).containsEntry("state", "FAILED").containsEntry("attempts", 1);
        assertThat(job.get("error")).extracting("message").asString().endsWith("is damaged; upload it again");
        assertThat(thumbnail(queued, "small").status()).isEqualTo(409);
    }

    @Test
    void whoeverAwaitsADamagedPictureIsToldWhy() throws IOException {
        Answer refused = upload("/thumbnails?wait=true", damagedPicture());

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("detail")).endsWith("is damaged; upload it again");
        assertThat(refused.text("job")).startsWith("/jobs/thumbnails/");
    }

    @Test
    void anUnknownPhotoOrSizeIsNotFound() {
        assertThat(sample.get("/thumbnails/" + UUID.randomUUID() + "/small").status())
                .isEqualTo(404);
        assertThat(sample.get("/thumbnails/" + UUID.randomUUID() + "/huge").status())
                .isEqualTo(404);
    }

    @Test
    void anIdNeverBecomesAPath() {
        assertThat(sample.get("/thumbnails/..x/small").status()).isEqualTo(400);
    }

    private Answer upload(String path, Resource photo) {
        return sample.upload(path, "photo", photo);
    }

    private Answer thumbnail(Answer queued, String size) {
        return sample.get("/thumbnails/" + queued.text("id") + "/" + size);
    }

    private static Resource damagedPicture() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(PictureDrawing.landscape(300, 200), "png", png);
        return file(Arrays.copyOf(png.toByteArray(), png.size() / 2));
    }

    private static Resource file(byte[] bytes) {
        return new ByteArrayResource(bytes) {
            @Override
            public String getFilename() {
                return "photo";
            }
        };
    }

    private static void assertThatPicture(Answer answer, int width, int height) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
        assertThat(answer.contentType()).isEqualTo("image/jpeg");
        assertThat(picture.getWidth()).isEqualTo(width);
        assertThat(picture.getHeight()).isEqualTo(height);
    }
}

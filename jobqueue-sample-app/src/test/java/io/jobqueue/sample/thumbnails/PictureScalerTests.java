package io.jobqueue.sample.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureScalerTests {

    @ParameterizedTest
    @CsvSource({
        "3000, 2000, 1280, 1280, 853",
        "2000, 3000, 480, 320, 480",
        "3000, 2, 160, 160, 1",
        "100, 50, 160, 100, 50",
        "160, 160, 160, 160, 160"
    })
    void theLongestSideFitsAndTheShapeStays(int width, int height, int longest, int newWidth, int newHeight) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);

        BufferedImage scaled = PictureScaler.scale(picture, longest);

        assertThat(scaled.getWidth()).isEqualTo(newWidth);
        assertThat(scaled.getHeight()).isEqualTo(newHeight);
    }

    @Test
    void everyPixelOfTheOriginalCounts() {
        BufferedImage stripes = new BufferedImage(1600, 1600, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 1600; x++) {
            for (int y = 0; y < 1600; y++) {
                stripes.setRGB(x, y, x % 8 == 0 ? 0xFFFFFF : 0);
            }
        }

        Color middle = new Color(PictureScaler.scale(stripes, 160).getRGB(80, 80));

        assertThat(middle.getRed()).isBetween(16, 64);
    }

    @Test
    void transparencyBecomesWhite() {
        BufferedImage clear = new BufferedImage(400, 400, BufferedImage.TYPE_INT_ARGB);

        assertThat(PictureScaler.scale(clear, 160).getRGB(10, 10)).isEqualTo(Color.WHITE.getRGB());
    }
}

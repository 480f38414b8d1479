package io.jobqueue.sample.thumbnails;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Scales pictures down with plain Java2D. */
final class PictureScaler {

    private PictureScaler() {}

    /**
     * Returns {@code picture} with its longest side at most {@code longestSide} pixels, its shape kept and
     * transparency over white. A smaller picture keeps its size.
     */
    static BufferedImage scale(BufferedImage picture, int longestSide) {
        double factor = Math.min(1, (double) longestSide / Math.max(picture.getWidth(), picture.getHeight()));
        int width = scaled(picture.getWidth(), factor);
        int height = scaled(picture.getHeight(), factor);
        BufferedImage step = picture;
        // One bilinear step reads four pixels; halving first lets every pixel of the photo count.
        while (step.getWidth() >= 2 * width && step.getHeight() >= 2 * height) {
            step = draw(step, step.getWidth() / 2, step.getHeight() / 2);
        }
        return draw(step, width, height);
    }

    private static int scaled(int side, double factor) {
        return Math.max(1, (int) Math.round(side * factor));
    }

    private static BufferedImage draw(BufferedImage picture, int width, int height) {
        BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, height, Color.WHITE, null);
        graphics.dispose();
        return drawn;
    }
}

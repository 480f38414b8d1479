package io.jobqueue.sample.thumbnails;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws the photo of the samples directory: mountains, a lake and a low sun. The same seed draws the same picture. */
public final class PictureDrawing {

    private static final long SEED = 42;
    private static final int RIDGES = 6;
    private static final Color FAR = new Color(0xC9, 0x8F, 0x93);
    private static final Color NEAR = new Color(0x16, 0x23, 0x33);

    private final BufferedImage picture;
    private final Graphics2D graphics;
    private final Random random = new Random(SEED);
    private final int width;
    private final int height;
    private final double horizon;

    private PictureDrawing(int width, int height) {
        this.width = width;
        this.height = height;
        this.horizon = height * 0.68;
        this.picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        this.graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    }

    /** Draws {@code samples/photo.jpg}, or the file given as the only argument. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments.length == 1 ? arguments[0] : "samples/photo.jpg");
        ImageIO.write(landscape(3000, 2000), "jpg", file.toFile());
    }

    /** Returns a landscape of that many pixels. */
    public static BufferedImage landscape(int width, int height) {
        PictureDrawing drawing = new PictureDrawing(width, height);
        drawing.sky();
        drawing.sun();
        drawing.ridges();
        drawing.lake();
        drawing.birds();
        drawing.graphics.dispose();
        return drawing.picture;
    }

    private void sky() {
        Color zenith = new Color(0x2B, 0x3A, 0x67);
        Color glow = new Color(0xFF, 0xC2, 0x8A);
        graphics.setPaint(new GradientPaint(0, 0, zenith, 0, (float) horizon, glow));
        graphics.fill(new Rectangle2D.Double(0, 0, width, horizon));
    }

    private void sun() {
        float radius = height * 0.45f;
        float x = width * 0.64f;
        float y = height * 0.46f;
        graphics.setPaint(new RadialGradientPaint(x, y, radius, new float[] {0, 0.13f, 0.15f, 1}, new Color[] {
            new Color(0xFF, 0xF7, 0xE0),
            new Color(0xFF, 0xF0, 0xC8),
            new Color(0xFF, 0xDF, 0xA8, 0x90),
            new Color(0xFF, 0xC2, 0x8A, 0)
        }));
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    private void ridges() {
        for (int ridge = 0; ridge < RIDGES; ridge++) {
            double nearness = ridge / (RIDGES - 1.0);
            graphics.setPaint(mix(FAR, NEAR, nearness));
            graphics.fill(ridge(horizon - height * (0.24 - 0.2 * nearness), height * (0.16 - 0.09 * nearness)));
        }
    }

    private Path2D ridge(double base, double relief) {
        double[] phase = random.doubles(5, 0, 2 * Math.PI).toArray();
        Path2D outline = new Path2D.Double();
        outline.moveTo(0, horizon);
        for (int x = 0; x <= width; x += 2) {
            double y = base;
            for (int octave = 0; octave < phase.length; octave++) {
                double frequency = Math.pow(2.1, octave) * 2.5;
                double wave = 1 - 2 * Math.abs(Math.sin(frequency * x / width + phase[octave]));
                y -= relief * wave / Math.pow(2.2, octave + 1.0);
            }
            outline.lineTo(x, Math.min(y, horizon));
        }
        outline.lineTo(width, horizon);
        outline.closePath();
        return outline;
    }

    private void lake() {
        int shore = (int) horizon;
        for (int y = shore; y < height; y++) {
            double depth = (y - horizon) / (height - horizon);
            int ripple = (int) (Math.sin(y * 0.35) * 8 * (0.3 + depth));
            int mirrored = Math.max(0, shore - 1 - (int) ((y - shore) * 1.6));
            int left = ripple - 16;
            int right = width + ripple + 16;
            graphics.drawImage(picture, left, y, right, y + 1, 0, mirrored, width, mirrored + 1, null);
        }
        graphics.setPaint(new GradientPaint(
                0, shore, new Color(0x1B, 0x2A, 0x45, 0x30), 0, height, new Color(0x0C, 0x16, 0x2C, 0xD0)));
        graphics.fillRect(0, shore, width, height - shore);
    }

    private void birds() {
        graphics.setPaint(NEAR);
        graphics.setStroke(new BasicStroke(height / 500f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int bird = 0; bird < 9; bird++) {
            double x = width * (0.2 + 0.25 * random.nextDouble());
            double y = height * (0.15 + 0.15 * random.nextDouble());
            double span = height * (0.008 + 0.008 * random.nextDouble());
            Path2D wings = new Path2D.Double();
            wings.moveTo(x - span, y - span * 0.5);
            wings.quadTo(x - span * 0.4, y - span * 0.7, x, y);
            wings.quadTo(x + span * 0.4, y - span * 0.7, x + span, y - span * 0.5);
            graphics.draw(wings);
        }
    }

    private static Color mix(Color from, Color to, double part) {
        return new Color(
                mix(from.getRed(), to.getRed(), part),
                mix(from.getGreen(), to.getGreen(), part),
                mix(from.getBlue(), to.getBlue(), part));
    }

    private static int mix(int from, int to, double part) {
        return (int) Math.round(from + (to - from) * part);
    }
}

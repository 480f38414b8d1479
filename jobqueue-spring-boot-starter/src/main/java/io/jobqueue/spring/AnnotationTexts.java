package io.jobqueue.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanExpressionException;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.StringUtils;

/** Resolves <code>${...}</code> placeholders and <code>#{...}</code> expressions in the texts of annotations. */
final class AnnotationTexts {

    private static final String PLACEHOLDER = "${";
    private static final String ESCAPED = "\\" + PLACEHOLDER;

    private final ConfigurableBeanFactory beanFactory;

    /** Resolves them as {@code beanFactory} resolves those of {@code @Value}. */
    AnnotationTexts(ConfigurableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    /**
     * Returns what a text means, trimmed, or null when that is empty.
     *
     * @param what what the text is in its annotation, for messages
     * @param origin the method, for messages
     * @throws InvalidJobHandlerException when a placeholder names no property, or an expression has no value
     */
    @Nullable
    String resolve(String text, String what, String origin) {
        if (text.isEmpty()) {
            return null;
        }
        @Nullable Object value = evaluated(filledIn(text, what, origin), text, what, origin);
        String resolved = value == null ? null : value.toString();
        return StringUtils.hasText(resolved) ? resolved.trim() : null;
    }

    /** A context without a configurer of placeholders leaves those that it does not know as they are. */
    private @Nullable String filledIn(String text, String what, String origin) {
        String filledIn;
        try {
            filledIn = beanFactory.resolveEmbeddedValue(text);
        } catch (IllegalArgumentException e) {
            throw unknown(text, what, origin, e);
        }
        if (filledIn != null && filledIn.contains(PLACEHOLDER) && !text.contains(ESCAPED)) {
            throw unknown(text, what, origin, null);
        }
        return filledIn;
    }

    private @Nullable Object evaluated(@Nullable String expression, String text, String what, String origin) {
        BeanExpressionResolver expressions = beanFactory.getBeanExpressionResolver();
        if (expressions == null || expression == null) {
            return expression;
        }
        try {
            return expressions.evaluate(expression, new BeanExpressionContext(beanFactory, null));
        } catch (BeanExpressionException e) {
            throw new InvalidJobHandlerException(
                    origin + ": " + what + " is '" + text + "', which cannot be evaluated ("
                            + e.getMostSpecificCause().getMessage() + ")",
                    "Correct the expression, and see that the beans it refers to exist.",
                    null); // a missing bean as its cause would be analyzed in its place
        }
    }

    private static InvalidJobHandlerException unknown(
            String text, String what, String origin, @Nullable IllegalArgumentException cause) {
        String property = cause instanceof PlaceholderResolutionException unresolved
                ? "'" + unresolved.getPlaceholder() + "'"
                : "that it names";
        return new InvalidJobHandlerException(
                origin + ": " + what + " is '" + text + "', and the property " + property + " cannot be found"
                        + (cause == null ? "" : " (" + cause.getMessage() + ")"),
                "Set the property, or give the placeholder a default, as in ${name:default}.",
                cause);
    }
}

package io.jobqueue.spring.autoconfigure;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Tells of unknown properties of the job queue, which ones were meant, and of keys of another form. Shows a value only
 * where it is clear that it is no secret: a password or a key whose property is mistyped must not end up in a log. Leaves
 * all others to Spring Boot.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class HiddenValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("jobqueue");
    private static final ConfigurationPropertyName KEYS = OURS.append("encryption");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (cause.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
            List<ConfigurationProperty> unknown = unbound.getUnboundProperties().stream()
                    .filter(property -> OURS.isAncestorOf(property.getName()))
                    .toList();
            return unknown.isEmpty()
                    ? null
                    : analysis("were left unbound, since there are no such ones", unknown, cause);
        }
        ConfigurationProperty property = cause.getProperty();
        return property == null || !KEYS.isAncestorOf(property.getName())
                ? null
                : analysis("have a value of another form than theirs", List.of(property), cause);
    }

    private static FailureAnalysis analysis(
            String problem, List<ConfigurationProperty> properties, BindException cause) {
        MeantProperty meant = new MeantProperty();
        String listed = properties.stream()
                .map(property -> describe(property, meant.by(property.getName())))
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "These properties " + problem + ":\n" + listed,
                "Correct the names, or the form, by the table of properties in docs/configuration.md.",
                cause);
    }

    private static String describe(ConfigurationProperty property, Optional<String> meant) {
        String value = meant.filter(HiddenValueFailureAnalyzer::isPublic)
                .map(name -> "\"" + property.getValue() + "\"")
                .orElse("not shown, it may be a secret");
        return "\n    Property: " + property.getName() + "\n    Value: " + value + "\n    Origin: "
                + property.getOrigin()
                + meant.map(name -> "\n    Did you mean: " + name).orElse("");
    }

    /** Servers have their credentials in URLs too, and keys are secrets. */
    private static boolean isPublic(String property) {
        return !property.startsWith("jobqueue.store.") && !property.startsWith("jobqueue.encryption.");
    }
}

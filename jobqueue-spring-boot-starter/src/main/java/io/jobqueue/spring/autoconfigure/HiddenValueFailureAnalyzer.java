package io.jobqueue.spring.autoconfigure;

import java.util.List;
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
 * Tells of unknown properties of the job queue, and of keys of another form, without their values: a password or a key
 * whose property is mistyped must not end up in a log. Leaves all others to Spring Boot.
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
        String listed = properties.stream()
                .map(property -> "\n    Property: " + property.getName() + "\n    Origin: " + property.getOrigin())
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "These properties " + problem + ". Their values are not shown, they may be secrets:\n" + listed,
                "Correct the names, or the form, by the table of properties in docs/configuration.md.",
                cause);
    }
}

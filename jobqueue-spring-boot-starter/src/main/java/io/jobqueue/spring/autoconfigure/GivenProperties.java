package io.jobqueue.spring.autoconfigure;

import java.util.List;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** What somebody has set, wherever that is. */
record GivenProperties(Environment environment) {

    /** Returns the names of what is set below a name and not empty, sorted; environment variables by what they set. */
    List<String> below(String name) {
        ConfigurationPropertyName parent = ConfigurationPropertyName.of(name);
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .filter(parent::isAncestorOf)
                .map(ConfigurationPropertyName::toString)
                .filter(this::hasText)
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns whether a name is set and not empty, or something below it. */
    boolean has(String name) {
        return !below(name).isEmpty() || (environment.containsProperty(name) && hasText(name));
    }

    /** A value whose placeholders cannot be resolved is given all the same; whoever needs it says what is wrong. */
    private boolean hasText(String name) {
        try {
            return StringUtils.hasText(environment.getProperty(name, "set"));
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}

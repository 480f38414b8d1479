package io.jobqueue.spring.autoconfigure;

import io.jobqueue.codec.PayloadCodec;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.JobCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Hands the codecs of the application to the engine: those that {@link JobCodec} marks for their job types, and for all
 * others the primary one, else the first in order of those that are not marked.
 */
final class CodecBeans {

    private final ListableBeanFactory beans;

    CodecBeans(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Gives them to {@code builder}.
     *
     * @param otherwise makes the codec of all other types when every one is marked
     * @throws IllegalStateException when two are marked for one type, or one for none
     */
    void addTo(JobEngine.Builder builder, Supplier<PayloadCodec> otherwise) {
        Map<String, String> names = byType();
        names.forEach((type, name) -> builder.codec(type, beans.getBean(name, PayloadCodec.class)));
        PayloadCodec ofAllOthers = ofAllOthers(Set.copyOf(names.values()));
        builder.codec(ofAllOthers == null ? otherwise.get() : ofAllOthers);
    }

    private Map<String, String> byType() {
        Map<String, String> names = new LinkedHashMap<>();
        for (String name : beans.getBeanNamesForType(PayloadCodec.class)) {
            JobCodec marked = beans.findAnnotationOnBean(name, JobCodec.class);
            if (marked == null) {
                continue;
            }
            if (marked.value().length == 0) {
                throw new IllegalStateException("@JobCodec of bean '" + name
                        + "' names no job type; name one, or remove it" + " to make the bean the codec of all types");
            }
            for (String type : marked.value()) {
                String other = names.put(type, name);
                if (other != null) {
                    throw new IllegalStateException("Job type '" + type + "' has two codecs, the beans '" + other
                            + "' and '" + name + "'; leave it to one @JobCodec");
                }
            }
        }
        return names;
    }

    private @Nullable PayloadCodec ofAllOthers(Set<String> marked) {
        Set<Object> ofTypes = marked.stream().map(beans::getBean).collect(Collectors.toSet());
        ObjectProvider<PayloadCodec> all = beans.getBeanProvider(PayloadCodec.class);
        PayloadCodec only = all.getIfUnique();
        if (only != null && !ofTypes.contains(only)) {
            return only;
        }
        return all.orderedStream()
                .filter(codec -> !ofTypes.contains(codec))
                .findFirst()
                .orElse(null);
    }
}

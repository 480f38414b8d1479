package io.jobqueue.spring.actuate;

import io.jobqueue.engine.EffectiveSetting;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A setting that holds, as JSON shows it.
 *
 * @param value a number, a text, a list of texts, or null when nothing holds
 * @param from who has said it: {@code queue}, {@code handler}, {@code defaults} or {@code built-in}
 */
public record SettingDescription(@Nullable Object value, String from) {

    static Map<String, SettingDescription> of(List<EffectiveSetting> settings) {
        Map<String, SettingDescription> described = new LinkedHashMap<>();
        for (EffectiveSetting setting : settings) {
            Object value = setting.value();
            described.put(
                    setting.name(),
                    new SettingDescription(value == null ? null : shown(value), kebab(setting.source())));
        }
        return described;
    }

    private static Object shown(Object value) {
        if (value instanceof Number) {
            return value;
        }
        if (value instanceof Enum<?> constant) {
            return kebab(constant);
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(SettingDescription::name).sorted().toList();
        }
        return value.toString();
    }

    private static String name(Object value) {
        return value instanceof Class<?> type ? type.getName() : value.toString();
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package io.jobqueue.spring;

import io.jobqueue.RetryPolicy;
import java.util.Arrays;
import java.util.Objects;
import org.springframework.beans.factory.ListableBeanFactory;

/** Finds the {@link RetryPolicy} beans that annotations and properties name. Thread-safe. */
public final class RetryPolicyBeans {

    private final ListableBeanFactory beans;

    /** Finds them in {@code beans}. */
    public RetryPolicyBeans(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Returns the policy of that bean name.
     *
     * @throws IllegalArgumentException when there is none; the message says so and names those there are
     */
    public RetryPolicy named(String name) {
        if (!beans.containsBean(name)) {
            throw new IllegalArgumentException("there is no bean of that name; " + choice());
        }
        if (!beans.isTypeMatch(name, RetryPolicy.class)) {
            throw new IllegalArgumentException("that bean is no RetryPolicy but a "
                    + Objects.requireNonNull(beans.getType(name)).getName() + "; " + choice());
        }
        return beans.getBean(name, RetryPolicy.class);
    }

    private String choice() {
        String[] names = beans.getBeanNamesForType(RetryPolicy.class);
        return names.length == 0
                ? "the application has no bean of type RetryPolicy"
                : "the beans of type RetryPolicy are " + Arrays.toString(names);
    }
}

package io.jobqueue.spring;

import java.lang.reflect.Type;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ClassUtils;

/**
 * Lets a native image read and write as JSON what a bean's class puts in place of the type variables of the handler methods
 * it inherits.
 */
class InheritedHandlerHints implements BeanRegistrationAotProcessor {

    private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        Class<?> beanClass = ClassUtils.getUserClass(bean.getBeanClass());
        Set<Type> types = JobHandlerBeans.methodsOf(bean.getBeanName(), beanClass).keySet().stream()
                .filter(method -> method.getDeclaringClass() != beanClass)
                .flatMap(method -> HandlerBindings.of(method, beanClass).stream())
                .collect(Collectors.toSet());
        return types.isEmpty()
                ? null
                : (generation, code) -> bindings.registerReflectionHints(
                        generation.getRuntimeHints().reflection(), types.toArray(Type[]::new));
    }
}

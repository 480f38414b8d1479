package io.jobqueue.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.SimpleReflectiveProcessor;

/**
 * Lets a native image call a handler method and read and write its payload and result as JSON. Sees the method as its
 * class declares it; {@link InheritedHandlerHints} adds what classes that inherit it make of its types.
 */
class JobHandlerReflectiveProcessor extends SimpleReflectiveProcessor {

    private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

    @Override
    protected void registerMethodHint(ReflectionHints hints, Method method) {
        super.registerMethodHint(hints, method);
        bindings.registerReflectionHints(
                hints, HandlerBindings.of(method, method.getDeclaringClass()).toArray(Type[]::new));
    }
}

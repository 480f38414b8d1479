package io.jobqueue.spring;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.util.ClassUtils;

/**
 * Refuses methods that return before their work is done with nothing that could be awaited: their jobs would be completed
 * first and might never run.
 */
final class AwaitedMethod {

    private static final String REMEDY =
            "Return a CompletableFuture that completes with the work, or do the work before" + " the method returns.";

    /** What Spring runs on another thread beside its own annotation. */
    private static final List<String> ASYNCHRONOUS =
            List.of("jakarta.ejb.Asynchronous", "jakarta.enterprise.concurrent.Asynchronous");

    /** By name, since it need not be there. */
    private static final String PUBLISHER = "org.reactivestreams.Publisher";

    private AwaitedMethod() {}

    /**
     * Does nothing when the end of {@code method} is the end of its work, or what it returns says when that is.
     *
     * @param beanClass the class that has the method, or inherits it
     * @param origin the method, for messages
     * @throws InvalidJobHandlerException otherwise
     */
    static void require(Method method, Class<?> beanClass, String origin) {
        ResolvableType returned = ResolvableType.forMethodReturnType(method, beanClass);
        Class<?> type = returned.resolve(Object.class);
        if (!CompletableFuture.class.isAssignableFrom(type) && isAsynchronous(method, beanClass)) {
            throw new InvalidJobHandlerException(
                    origin + ": is @Async and returns " + returned + ", so its jobs would be completed before they have"
                            + " run, or Spring would refuse the call",
                    "Remove @Async, since jobs run on threads of their own, or return a CompletableFuture.",
                    null);
        }
        if (CompletionStage.class.isAssignableFrom(type)) {
            return;
        }
        if (Future.class.isAssignableFrom(type)) {
            throw unawaited(returned, "nothing says when a Future is done", REMEDY, origin);
        }
        if (isReactive(type)) {
            throw unawaited(
                    returned,
                    "nobody subscribes to it",
                    "Return a CompletableFuture, as with 'return mono.toFuture();' or"
                            + " 'return flux.collectList().toFuture();'.",
                    origin);
        }
    }

    private static InvalidJobHandlerException unawaited(
            ResolvableType returned, String reason, String remedy, String origin) {
        return new InvalidJobHandlerException(
                origin + ": returns " + returned + ", and " + reason
                        + ", so its jobs would be completed before they have run",
                remedy,
                null);
    }

    private static boolean isAsynchronous(Method method, Class<?> beanClass) {
        Method specific = AopUtils.getMostSpecificMethod(method, beanClass);
        return AnnotatedElementUtils.hasAnnotation(specific, Async.class)
                || AnnotatedElementUtils.hasAnnotation(method, Async.class)
                || AnnotatedElementUtils.hasAnnotation(beanClass, Async.class)
                || ASYNCHRONOUS.stream()
                        .anyMatch(name -> AnnotatedElementUtils.isAnnotated(specific, name)
                                || AnnotatedElementUtils.isAnnotated(beanClass, name));
    }

    private static boolean isReactive(Class<?> type) {
        return Flow.Publisher.class.isAssignableFrom(type)
                || ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                        .anyMatch(of -> of.getName().equals(PUBLISHER))
                || ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
    }
}

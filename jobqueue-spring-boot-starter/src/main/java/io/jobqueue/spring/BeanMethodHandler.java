package io.jobqueue.spring;

import io.jobqueue.Handler;
import io.jobqueue.JobContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Runs jobs by calling a method of a bean. The bean is fetched by name for every job, so that lazy, prototype
 * and scoped beans behave as they do everywhere else.
 */
final class BeanMethodHandler implements Handler<Object, Object> {

    private final BeanFactory beans;
    private final String beanName;
    private final Method method;
    private final List<HandlerArgument> arguments;
    private volatile @Nullable Exposed exposed;

    BeanMethodHandler(BeanFactory beans, String beanName, Method method, List<HandlerArgument> arguments) {
        this.beans = beans;
        this.beanName = beanName;
        this.method = method;
        this.arguments = arguments;
    }

    @Override
    public @Nullable Object handle(@Nullable Object payload, JobContext job) throws Exception {
        @Nullable Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).resolve(payload, job);
        }
        Object bean = beans.getBean(beanName);
        Object returned = call(methodOf(bean.getClass()), bean, values);
        return returned instanceof CompletionStage<?> stage ? await(stage.toCompletableFuture()) : returned;
    }

    private Method methodOf(Class<?> beanClass) {
        Exposed known = exposed;
        if (known == null || known.beanClass() != beanClass) {
            Method invocable = AopUtils.selectInvocableMethod(method, beanClass);
            ReflectionUtils.makeAccessible(invocable);
            known = new Exposed(beanClass, invocable);
            exposed = known;
        }
        return known.method();
    }

    private static @Nullable Object call(Method method, Object bean, @Nullable Object[] values) throws Exception {
        try {
            return method.invoke(bean, values);
        } catch (InvocationTargetException e) {
            throw thrown(e.getCause());
        }
    }

    private static @Nullable Object await(CompletableFuture<?> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        }
    }

    private static Exception thrown(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof Exception exception ? exception : new IllegalStateException(cause);
    }

    private record Exposed(Class<?> beanClass, Method method) {}
}

package io.jobqueue.spring;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobQueue;
import io.jobqueue.TypeNames;
import io.jobqueue.engine.HandlerDefinition;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Turns annotated methods into definitions the engine can run, or says why one cannot be used. */
final class JobHandlerDefinitions {

    private final ConfigurableListableBeanFactory beanFactory;
    private final JobHandlerSettings settings;
    private final HandlerParameterReader parameterReader;

    JobHandlerDefinitions(
            ConfigurableListableBeanFactory beanFactory,
            AnnotationTexts texts,
            HandlerParameterReader parameterReader) {
        this.beanFactory = beanFactory;
        settings = new JobHandlerSettings(texts, new RetryPolicyBeans(beanFactory)::named);
        this.parameterReader = parameterReader;
    }

    /**
     * Returns the definition of one method.
     *
     * @throws InvalidJobHandlerException when the method cannot be used
     */
    DefinedHandler define(String beanName, Class<?> beanClass, Method method, JobHandler annotation) {
        String declared = declaration(beanName, beanClass, method);
        String id = settings.text(annotation.id(), "id", declared);
        String origin = id == null ? declared : id + " = " + declared;
        requireCallable(beanName, beanClass, method, origin);
        AwaitedMethod.require(method, beanClass, origin);
        HandlerParameters parameters = parameterReader.read(method, beanClass, origin);
        String type = settings.text(annotation.type(), "type", origin);
        String queue = settings.text(annotation.queue(), "queue", origin);
        try {
            HandlerDefinition definition = new HandlerDefinition(
                    type != null ? type : typeOf(parameters.payloadType(), origin),
                    queue != null ? queue : JobQueue.DEFAULT_QUEUE,
                    parameters.payloadType(),
                    new BeanMethodHandler(beanFactory, beanName, method, parameters.arguments()),
                    settings.read(annotation, origin),
                    origin);
            return new DefinedHandler(
                    id,
                    definition
                            .withConcurrency(settings.concurrency(annotation, origin))
                            .withAutoStartup(settings.autoStartup(annotation, origin)));
        } catch (InvalidJobException e) {
            throw new InvalidJobHandlerException(
                    origin + ": " + e.getMessage(), "Correct the attribute of @JobHandler.", e);
        }
    }

    private static String declaration(String beanName, Class<?> beanClass, Method method) {
        return beanClass.getName() + "." + method.getName() + "("
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", "))
                + ") of bean '" + beanName + "'";
    }

    private void requireCallable(String beanName, Class<?> beanClass, Method method, String origin) {
        for (int modifier : new int[] {Modifier.PRIVATE, Modifier.STATIC}) {
            if ((method.getModifiers() & modifier) != 0) {
                String word = Modifier.toString(modifier);
                throw new InvalidJobHandlerException(
                        origin + ": is " + word + ", so it cannot be called through its bean",
                        "Remove '" + word + "' from the method.",
                        null);
            }
        }
        Class<?> exposed = beanFactory.getType(beanName, false);
        try {
            AopUtils.selectInvocableMethod(method, exposed != null ? exposed : beanClass);
        } catch (IllegalStateException e) {
            throw new InvalidJobHandlerException(
                    origin + ": the bean is a JDK proxy, and none of its interfaces has the method",
                    "Declare the method in an interface of the class, or let its proxy extend the class"
                            + " (spring.aop.proxy-target-class=true).",
                    e);
        }
        requireAdvised(exposed, method, origin);
    }

    /** A final method runs on the proxy itself, which has neither the fields of the bean nor its advice. */
    private static void requireAdvised(@Nullable Class<?> exposed, Method method, String origin) {
        if (exposed != null
                && SpringProxy.class.isAssignableFrom(exposed)
                && !Proxy.isProxyClass(exposed)
                && Modifier.isFinal(method.getModifiers())) {
            throw new InvalidJobHandlerException(
                    origin + ": is final, so the proxy of the bean cannot pass it on",
                    "Remove 'final' from the method (in Kotlin, declare it 'open').",
                    null);
        }
    }

    private static String typeOf(Type payloadType, String origin) {
        if (!(payloadType instanceof Class<?> payloadClass)) {
            throw nameless(payloadType, origin, null);
        }
        try {
            return TypeNames.of(payloadClass);
        } catch (InvalidJobException e) {
            throw nameless(payloadType, origin, e);
        }
    }

    private static InvalidJobHandlerException nameless(
            Type payloadType, String origin, @Nullable InvalidJobException cause) {
        return new InvalidJobHandlerException(
                origin + ": names no job type, and "
                        + (payloadType == Void.class
                                ? "has no payload that could"
                                : "its payload, " + payloadType.getTypeName() + ", does not imply one"),
                "Name the type, as in @JobHandler(\"welcome-mail\").",
                cause);
    }
}

package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobContext;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.autoconfigure.StarterContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import java.util.stream.Collectors;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.annotation.AliasFor;
import org.springframework.samples.mails.SampleMails;

class JobHandlerDiscoveryTests {

    private final ApplicationContextRunner runner = StarterContext.runner();

    @Test
    void packagePrivateMethodOfAPlainBeanIsFound() {
        runner.withBean(Mails.class)
                .run(context -> assertThat(types(context)).containsExactly(Map.entry("welcome-mail", "default")));
    }

    @Test
    void componentInAPackageNamedLikeTheFrameworkIsFound() {
        runner.withBean(SampleMails.class)
                .run(context -> assertThat(types(context)).containsOnlyKeys("sample-mail"));
    }

    @Test
    void lazyBeanIsFoundWithoutBeingCreated() {
        runner.withUserConfiguration(LazyConfiguration.class).run(context -> {
            assertThat(types(context)).containsOnlyKeys("welcome-mail");
            assertThat(context.getBeanFactory().containsSingleton("mails")).isFalse();
        });
    }

    @Test
    void everyHandlerIsFoundWhenAllBeansAreLazy() {
        runner.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withBean(Mails.class)
                .run(context -> {
                    assertThat(types(context)).containsOnlyKeys("welcome-mail");
                    assertThat(context.getBean(JobEngine.class).isRunning()).isTrue();
                });
    }

    @Test
    void prototypeBeanIsFound() {
        runner.withBean(Mails.class, Mails::new, definition -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE))
                .run(context -> assertThat(types(context)).containsOnlyKeys("welcome-mail"));
    }

    @Test
    void scopedProxyIsFoundOnce() {
        runner.withUserConfiguration(ScopedConfiguration.class)
                .run(context -> assertThat(types(context)).containsOnlyKeys("welcome-mail"));
    }

    @Test
    void scopedJdkProxyIsFoundOnce() {
        runner.withUserConfiguration(ScopedInterfaceConfiguration.class)
                .run(context -> assertThat(types(context)).containsOnlyKeys("welcome-mail"));
    }

    @Test
    void classProxyIsFound() {
        runner.withUserConfiguration(ClassProxyConfiguration.class)
                .run(context -> assertThat(types(context)).containsOnlyKeys("welcome-mail"));
    }

    @Test
    void interfaceMethodBehindAJdkProxyIsFound() {
        runner.withUserConfiguration(JdkProxyConfiguration.class)
                .run(context -> assertThat(types(context)).containsOnlyKeys("welcome-mail"));
    }

    @Test
    void annotationOnAnInterfaceMethodIsFound() {
        runner.withBean(AnnotatedInterfaceMails.class)
                .run(context -> assertThat(types(context)).containsOnlyKeys("from-interface"));
    }

    @Test
    void defaultMethodOfAnInterfaceIsFound() {
        runner.withBean(DefaultMails.class)
                .run(context -> assertThat(types(context)).containsOnlyKeys("by-default"));
    }

    @Test
    void overriddenMethodKeepsTheAnnotationOfItsSuperclass() {
        runner.withBean(OverridingMails.class)
                .run(context -> assertThat(types(context)).containsOnlyKeys("inherited"));
    }

    @Test
    void inheritedGenericMethodIsFoundWithTheSubclassesPayload() {
        runner.withBean(InheritingMails.class).run(context -> {
            HandlerDefinition definition =
                    context.getBean(JobEngine.class).handlers().iterator().next();
            assertThat(definition.type()).isEqualTo("inherited");
            assertThat(definition.payloadType()).isEqualTo(WelcomeMail.class);
        });
    }

    @Test
    void metaAnnotationIsFoundWithItsOverrides() {
        runner.withBean(MetaAnnotatedMails.class)
                .run(context -> assertThat(types(context)).containsExactly(Map.entry("meta", "mails")));
    }

    @Test
    void placeholdersAreResolvedInEveryAttribute() {
        runner.withBean(PlaceholderMails.class)
                .withPropertyValues(
                        "my.type=a",
                        "my.queue=b",
                        "my.concurrency=3",
                        "my.attempts=7",
                        "my.timeout=90s",
                        "my.start=false",
                        "my.id=c")
                .run(context -> {
                    HandlerDefinition definition = context.getBean(JobEngine.class)
                            .handlers()
                            .iterator()
                            .next();
                    assertThat(definition.type()).isEqualTo("a");
                    assertThat(definition.queue()).isEqualTo("b");
                    assertThat(definition.settings().maxAttempts()).isEqualTo(7);
                    assertThat(definition.settings().timeout()).hasSeconds(90);
                    assertThat(definition.concurrency()).isEqualTo(3);
                    assertThat(definition.autoStartup()).isFalse();
                    assertThat(definition.origin()).startsWith("c = ");
                });
    }

    @Test
    void typeIsThatOfThePayloadWhenNotNamed() {
        runner.withBean(UnnamedMails.class)
                .run(context -> assertThat(types(context)).containsOnlyKeys("welcome-mail", "named-payload"));
    }

    private static Map<String, String> types(ApplicationContext context) {
        return context.getBean(JobEngine.class).handlers().stream()
                .collect(Collectors.toMap(HandlerDefinition::type, HandlerDefinition::queue));
    }

    static class Mails {
        @JobHandler("welcome-mail")
        void send(WelcomeMail mail) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyConfiguration {
        @Bean
        @Lazy
        Mails mails() {
            return new Mails();
        }
    }

    static class ThreadScopeConfiguration {
        @Bean
        static CustomScopeConfigurer threadScope() {
            CustomScopeConfigurer configurer = new CustomScopeConfigurer();
            configurer.addScope("thread", new SimpleThreadScope());
            return configurer;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ScopedConfiguration extends ThreadScopeConfiguration {
        @Bean
        @Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
        Mails mails() {
            return new Mails();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ScopedInterfaceConfiguration extends ThreadScopeConfiguration {
        @Bean
        @Scope(scopeName = "thread", proxyMode = ScopedProxyMode.INTERFACES)
        InterfaceMails mails() {
            return new InterfaceMails();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ClassProxyConfiguration {
        @Bean
        static BeanNameAutoProxyCreator proxies() {
            return Proxies.of("mails", true);
        }

        @Bean
        MethodInterceptor advice() {
            return invocation -> invocation.proceed();
        }

        @Bean
        Mails mails() {
            return new Mails();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class JdkProxyConfiguration {
        @Bean
        static BeanNameAutoProxyCreator proxies() {
            return Proxies.of("mails", false);
        }

        @Bean
        MethodInterceptor advice() {
            return invocation -> invocation.proceed();
        }

        @Bean
        MailInterface mails() {
            return new InterfaceMails();
        }
    }

    interface MailInterface {
        void send(WelcomeMail mail);
    }

    static class InterfaceMails implements MailInterface {
        @Override
        @JobHandler("welcome-mail")
        public void send(WelcomeMail mail) {}
    }

    interface AnnotatedInterface {
        @JobHandler("from-interface")
        void send(WelcomeMail mail);
    }

    static class AnnotatedInterfaceMails implements AnnotatedInterface {
        @Override
        public void send(WelcomeMail mail) {}
    }

    interface DefaultMethod {
        @JobHandler("by-default")
        default void send(WelcomeMail mail) {}
    }

    static class DefaultMails implements DefaultMethod {}

    static class OverridingMails extends Inherited<WelcomeMail> {
        @Override
        public void send(WelcomeMail mail, JobContext job) {}
    }

    abstract static class Inherited<T> {
        @JobHandler("inherited")
        public void send(T mail, JobContext job) {}
    }

    static class InheritingMails extends Inherited<WelcomeMail> {}

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @JobHandler(queue = "mails")
    @interface MailHandler {
        @AliasFor(annotation = JobHandler.class, attribute = "type")
        String value();
    }

    static class MetaAnnotatedMails {
        @MailHandler("meta")
        void send(WelcomeMail mail) {}
    }

    static class PlaceholderMails {
        @JobHandler(
                type = "${my.type}",
                queue = "${my.queue}",
                concurrency = "${my.concurrency}",
                maxAttempts = "${my.attempts}",
                timeout = "${my.timeout}",
                autoStartup = "${my.start}",
                id = "${my.id}")
        void send(WelcomeMail mail) {}
    }

    @io.jobqueue.JobType("named-payload")
    record Named() {}

    static class UnnamedMails {
        @JobHandler
        void send(WelcomeMail mail) {}

        @JobHandler
        void send(Named mail) {}
    }
}

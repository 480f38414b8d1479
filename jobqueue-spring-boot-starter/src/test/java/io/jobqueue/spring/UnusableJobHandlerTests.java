package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Job;
import io.jobqueue.RetryPolicy;
import io.jobqueue.spring.autoconfigure.StartFailure;
import io.jobqueue.spring.autoconfigure.StarterContext;
import java.util.List;
import java.util.Optional;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class UnusableJobHandlerTests {

    @Test
    void twoHandlersOfOneTypeAreBothNamed() {
        StarterContext.runner().withBean(Mails.class).withBean(OtherMails.class).run(context -> {
            FailureAnalysis analysis = StartFailure.analysisOf(context);
            assertThat(analysis.getDescription())
                    .contains("welcome-mail")
                    .contains(Mails.class.getName() + ".send(WelcomeMail)")
                    .contains(OtherMails.class.getName() + ".greet(WelcomeMail)");
            assertThat(analysis.getAction()).contains("another job type");
        });
    }

    @Test
    void privateMethodIsRefused() {
        assertRefused(PrivateMails.class, "is private", "Remove 'private'");
    }

    @Test
    void staticMethodIsRefused() {
        assertRefused(StaticMails.class, "is static", "Remove 'static'");
    }

    @Test
    void twoPayloadsAreRefused() {
        assertRefused(TwoPayloads.class, "two payload parameters", "one payload class");
    }

    @Test
    void jobBesideAPayloadIsRefused() {
        assertRefused(JobAndPayload.class, "two payload parameters", "one payload class");
    }

    @Test
    void jobOfNoTypeIsRefused() {
        assertRefused(RawJob.class, "does not say what the payload is read as", "as in Job<WelcomeMail>");
    }

    @Test
    void jobOfAnyTypeIsRefused() {
        assertRefused(AnyJob.class, "is a io.jobqueue.Job<?>", "take a JobContext when the payload is not needed");
    }

    @Test
    void unknownRetryPolicyIsRefusedWithTheOnesThereAre() {
        StarterContext.runner()
                .withBean("patient", RetryPolicy.class, () -> failed -> Optional.empty())
                .withBean(UnknownRetry.class)
                .run(context -> {
                    FailureAnalysis analysis = StartFailure.analysisOf(context);
                    assertThat(analysis.getDescription())
                            .contains("retry is 'impatient' (there is no bean of that name")
                            .contains("the beans of type RetryPolicy are [patient]");
                    assertThat(analysis.getAction()).contains("the name of a bean of type RetryPolicy");
                });
    }

    @Test
    void retryThatIsNoPolicyIsRefused() {
        StarterContext.runner()
                .withBean("impatient", String.class, () -> "no policy")
                .withBean(UnknownRetry.class)
                .run(context -> assertThat(StartFailure.analysisOf(context).getDescription())
                        .contains("that bean is no RetryPolicy but a java.lang.String")
                        .contains("the application has no bean of type RetryPolicy"));
    }

    @Test
    void argumentAnnotationOfAnotherCallerIsRefused() {
        assertRefused(ForeignAnnotation.class, Value.class.getName(), "@JobHeader");
    }

    @Test
    void handlerWithoutTypeAndPayloadIsRefused() {
        assertRefused(Nameless.class, "names no job type", "@JobHandler(\"welcome-mail\")");
    }

    @Test
    void genericPayloadImpliesNoType() {
        assertRefused(GenericPayload.class, "names no job type", "@JobHandler(\"welcome-mail\")");
    }

    @Test
    void attemptsThatAreNoNumberAreRefused() {
        assertRefused(WrongAttempts.class, "maxAttempts is 'many'", "Set maxAttempts to a number");
    }

    @Test
    void timeoutOutOfRangeIsRefused() {
        assertRefused(WrongTimeout.class, "timeout is '0s'", "Set timeout to a duration");
    }

    @Test
    void slotsOutOfRangeAreRefused() {
        assertRefused(
                WrongConcurrency.class, "concurrency is '0' (concurrency 0: must be", "Set concurrency to a number");
    }

    @Test
    void startThatIsNeitherTrueNorFalseIsRefused() {
        assertRefused(WrongStart.class, "autoStartup is 'no'", "Set autoStartup to true or false");
    }

    @Test
    void queueThatIsNoNameIsRefused() {
        assertRefused(WrongQueue.class, "queue", "Correct the attribute");
    }

    @Test
    void methodThatAJdkProxyHidesIsRefused() {
        StarterContext.runner().withUserConfiguration(HiddenConfiguration.class).run(context -> {
            FailureAnalysis analysis = StartFailure.analysisOf(context);
            assertThat(analysis.getDescription()).contains("is a JDK proxy");
            assertThat(analysis.getAction()).contains("spring.aop.proxy-target-class=true");
        });
    }

    @Test
    void finalMethodThatAProxyCannotPassOnIsRefused() {
        StarterContext.runner().withUserConfiguration(FinalConfiguration.class).run(context -> {
            FailureAnalysis analysis = StartFailure.analysisOf(context);
            assertThat(analysis.getDescription())
                    .contains(FinalMails.class.getName() + ".send(WelcomeMail)")
                    .contains("is final");
            assertThat(analysis.getAction()).contains("Remove 'final'");
        });
    }

    @Test
    void finalMethodOfABeanWithoutAdviceIsUsable() {
        StarterContext.runner()
                .withBean(FinalMails.class)
                .withUserConfiguration(FinalInConfiguration.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static void assertRefused(Class<?> beanClass, String description, String action) {
        StarterContext.runner().withBean(beanClass).run(context -> {
            FailureAnalysis analysis = StartFailure.analysisOf(context);
            assertThat(analysis.getDescription()).contains(beanClass.getName()).contains(description);
            assertThat(analysis.getAction()).contains(action);
        });
    }

    static class Mails {
        @JobHandler("welcome-mail")
        void send(WelcomeMail mail) {}
    }

    static class OtherMails {
        @JobHandler("welcome-mail")
        void greet(WelcomeMail mail) {}
    }

    static class PrivateMails {
        @JobHandler("welcome-mail")
        @SuppressWarnings("UnusedMethod") // found by its annotation
        private void send() {}
    }

    static class StaticMails {
        @JobHandler("welcome-mail")
        static void send(WelcomeMail mail) {}
    }

    static class TwoPayloads {
        @JobHandler("welcome-mail")
        void send(WelcomeMail mail, String text) {}
    }

    static class JobAndPayload {
        @JobHandler("welcome-mail")
        void send(WelcomeMail mail, Job<WelcomeMail> job) {}
    }

    static class RawJob {
        @JobHandler("welcome-mail")
        @SuppressWarnings("rawtypes") // what is refused
        void send(Job job) {}
    }

    static class AnyJob {
        @JobHandler("welcome-mail")
        void send(Job<?> job) {}
    }

    static class UnknownRetry {
        @JobHandler(type = "welcome-mail", retry = "${policy:impatient}")
        void send(WelcomeMail mail) {}
    }

    static class ForeignAnnotation {
        @JobHandler("welcome-mail")
        void send(@Value("${sender}") String sender) {}
    }

    static class Nameless {
        @JobHandler
        void send() {}
    }

    static class GenericPayload {
        @JobHandler
        void send(List<WelcomeMail> mails) {}
    }

    static class WrongAttempts {
        @JobHandler(type = "welcome-mail", maxAttempts = "many")
        void send(WelcomeMail mail) {}
    }

    static class WrongTimeout {
        @JobHandler(type = "welcome-mail", timeout = "0s")
        void send(WelcomeMail mail) {}
    }

    static class WrongConcurrency {
        @JobHandler(type = "welcome-mail", concurrency = "0")
        void send(WelcomeMail mail) {}
    }

    static class WrongStart {
        @JobHandler(type = "welcome-mail", autoStartup = "no")
        void send(WelcomeMail mail) {}
    }

    static class WrongQueue {
        @JobHandler(type = "welcome-mail", queue = "a\tb")
        void send(WelcomeMail mail) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class HiddenConfiguration {
        @Bean
        static BeanNameAutoProxyCreator proxies() {
            return Proxies.of("mails", false);
        }

        @Bean
        MethodInterceptor advice() {
            return invocation -> invocation.proceed();
        }

        @Bean
        HiddenMails mails() {
            return new HiddenMails();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FinalConfiguration {
        @Bean
        static BeanNameAutoProxyCreator proxies() {
            return Proxies.of("mails", true);
        }

        @Bean
        MethodInterceptor advice() {
            return invocation -> invocation.proceed();
        }

        @Bean
        FinalMails mails() {
            return new FinalMails();
        }
    }

    static class FinalMails {
        @JobHandler("welcome-mail")
        public final void send(WelcomeMail mail) {}
    }

    /** Spring extends such a class, and its beans are of that class: there is nothing behind them. */
    @Configuration
    static class FinalInConfiguration {
        @JobHandler("other-mail")
        public final void send(WelcomeMail mail) {}
    }

    static class HiddenMails implements Runnable {
        @Override
        public void run() {}

        @JobHandler("welcome-mail")
        public void send(WelcomeMail mail) {}
    }
}

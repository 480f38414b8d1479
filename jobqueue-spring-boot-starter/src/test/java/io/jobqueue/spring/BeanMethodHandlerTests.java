package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class BeanMethodHandlerTests {

    private static final JobContext JOB = (JobContext)
            Proxy.newProxyInstance(JobContext.class.getClassLoader(), new Class<?>[] {JobContext.class}, (p, m, a) -> {
                throw new AssertionError("the method asks for nothing");
            });

    @Test
    void beanThatIsAProxyTheNextTimeIsCalledAllTheSame() throws Exception {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        Method method = Greeter.class.getMethod("greet");
        BeanMethodHandler handler = new BeanMethodHandler(beans, "greeter", method, List.of());

        beans.addBean("greeter", new Greeter());
        @Nullable Object first = handler.handle(null, JOB);
        beans.addBean("greeter", proxied(new Greeter()));
        @Nullable Object second = handler.handle(null, JOB);

        assertThat(first).isEqualTo("hello");
        assertThat(second).isEqualTo("hello");
    }

    private static Object proxied(Greeting greeter) {
        ProxyFactory proxies = new ProxyFactory(greeter);
        proxies.setInterfaces(Greeting.class);
        return proxies.getProxy();
    }

    interface Greeting {
        String greet();
    }

    static class Greeter implements Greeting {
        @Override
        public String greet() {
            return "hello";
        }
    }
}

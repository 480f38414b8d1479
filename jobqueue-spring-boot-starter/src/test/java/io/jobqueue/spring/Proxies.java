package io.jobqueue.spring;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;

/** Puts a bean behind a proxy with the bean {@code advice} as its only advice. */
final class Proxies {

    private Proxies() {}

    static BeanNameAutoProxyCreator of(String beanName, boolean ofClass) {
        BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
        creator.setBeanNames(beanName);
        creator.setInterceptorNames("advice");
        creator.setProxyTargetClass(ofClass);
        return creator;
    }
}

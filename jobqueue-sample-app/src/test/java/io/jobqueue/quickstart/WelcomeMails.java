package io.jobqueue.quickstart;

import io.jobqueue.spring.JobHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

@Component
class WelcomeMails {

    private static final Logger log = LoggerFactory.getLogger(WelcomeMails.class);

    @JobHandler("welcome-mail")
    void send(WelcomeMail mail) {
        log.info("Welcome, {}!", mail.name());
    }
}

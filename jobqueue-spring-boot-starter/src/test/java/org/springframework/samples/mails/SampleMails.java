package org.springframework.samples.mails;

import io.jobqueue.spring.JobHandler;
import org.springframework.stereotype.Component;

/** A bean of an application whose package begins like those of the framework, as that of Spring's pet clinic does. */
@Component
public class SampleMails {

    @JobHandler("sample-mail")
    void send() {}
}

package io.jobqueue.quickstart;

record WelcomeMail(String address, String name) {}

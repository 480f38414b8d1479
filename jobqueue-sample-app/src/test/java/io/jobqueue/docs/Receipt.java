package io.jobqueue.docs;

record Receipt(String invoice, String tenant) {}

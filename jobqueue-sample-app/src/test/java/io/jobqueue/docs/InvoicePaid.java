package io.jobqueue.docs;

import java.util.UUID;

record InvoicePaid(UUID eventId, String number) {}

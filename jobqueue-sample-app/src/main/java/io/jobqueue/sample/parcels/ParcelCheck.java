package io.jobqueue.sample.parcels;

/** Asks where a parcel is. */
record ParcelCheck(String number) {}

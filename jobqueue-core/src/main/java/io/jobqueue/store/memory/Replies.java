package io.jobqueue.store.memory;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The addresses to tell when a job ends; takes no room while there is none. Guarded by the queue's lock. */
final class Replies {

    private @Nullable Set<String> addresses;

    void add(@Nullable String address) {
        if (address == null) {
            return;
        }
        if (addresses == null) {
            addresses = new LinkedHashSet<>();
        }
        addresses.add(address);
    }

    void forget(@Nullable String address) {
        if (addresses != null) {
            addresses.remove(address);
        }
    }

    /** Returns all addresses and forgets them, so that each is told once. */
    Set<String> take() {
        Set<String> taken = addresses == null ? Set.of() : addresses;
        addresses = null;
        return taken;
    }
}

package io.jobqueue.store.redis;

/** Where the scripts take the time from. */
interface StoreClock {

    /** The server's own clock: what every store but a test's uses. */
    StoreClock SERVER = new StoreClock() {
        @Override
        public String include() {
            return RedisScript.resource("include/clock");
        }

        @Override
        public void appendTo(ScriptArguments arguments) {
            // the server knows the time by itself
        }
    };

    /** Returns Lua text that defines {@code clock_micros()}. */
    String include();

    /** Adds what {@link #include()} reads from the end of ARGV. */
    void appendTo(ScriptArguments arguments);
}

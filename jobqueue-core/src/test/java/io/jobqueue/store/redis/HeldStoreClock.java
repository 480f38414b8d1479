package io.jobqueue.store.redis;

import java.time.InstantSource;

/** Lets a test's clock stand in for the server's: every call carries the time as its last argument. */
record HeldStoreClock(InstantSource source) implements StoreClock {

    @Override
    public String include() {
        return "local function clock_micros() return tonumber(ARGV[#ARGV]) * 1000 end\n";
    }

    @Override
    public void appendTo(ScriptArguments arguments) {
        arguments.number(source.millis());
    }
}

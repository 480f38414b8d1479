/**
 * Jobs on Redis 7+ or Valkey 8+. Every transition is one Lua script; see the files beside this package's
 * resources for what each reads, writes and answers.
 */
@NullMarked
package io.jobqueue.store.redis;

import org.jspecify.annotations.NullMarked;

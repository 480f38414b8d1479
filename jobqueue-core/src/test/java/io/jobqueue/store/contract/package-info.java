/**
 * What every store must do, as tests. A store is bound to it by a class that extends
 * {@link io.jobqueue.store.contract.JobStoreContract} and says how to open the store; nothing else is needed.
 */
@NullMarked
package io.jobqueue.store.contract;

import org.jspecify.annotations.NullMarked;

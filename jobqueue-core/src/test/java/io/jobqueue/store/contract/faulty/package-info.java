/** Stores that are wrong in one point each, to show that the contract kit notices. */
@NullMarked
package io.jobqueue.store.contract.faulty;

import org.jspecify.annotations.NullMarked;

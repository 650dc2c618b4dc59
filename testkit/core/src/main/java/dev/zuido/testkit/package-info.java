/** Virtual clock, virtual network and pcapng writer. */
@NullMarked
package dev.zuido.testkit;

import org.jspecify.annotations.NullMarked;

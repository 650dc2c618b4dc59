/** IKEv1 (RFC 2407, 2408, 2409): ISAKMP codec and the sans-IO engine. */
@NullMarked
package dev.zuido.ike;

import org.jspecify.annotations.NullMarked;

/** IPsec ESP (RFC 4303): security associations, replay protection and the security policy. */
@NullMarked
package dev.zuido.esp;

import org.jspecify.annotations.NullMarked;

/** TUN devices: the only module that meets the operating system. */
@NullMarked
package dev.zuido.tun;

import org.jspecify.annotations.NullMarked;

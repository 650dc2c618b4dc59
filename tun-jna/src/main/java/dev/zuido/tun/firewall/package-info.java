/**
 * The kernel's packet filter, nftables: one table of ours beside those of the host.
 *
 * <pre>{@code
 * var table = new NftablesTable(NftablesTable.Family.IP, "zuido_eth0");
 * table.replace("""
 *     chain forward {
 *       type filter hook forward priority filter; policy accept;
 *       ip saddr 10.1.1.0/24 oifname "eth0" drop
 *     }
 *     """);
 * ...
 * table.remove();
 * }</pre>
 *
 * <p>The table is the program's: it is replaced and removed as a whole, and nothing else of the
 * host's rules is looked at or touched. It stays when the process ends or is killed, as firewall
 * rules should, until {@link dev.zuido.tun.firewall.NftablesTable#remove()} or a successor's {@link
 * dev.zuido.tun.firewall.NftablesTable#replace}.
 *
 * <p>The {@code nft} program does it, as a process. The kernel's own interface takes no rules in
 * text but virtual-machine code and sets, laid out for one kernel's features or another's; nft is
 * the compiler for them, and the only one that its authors keep in step with the kernel. Its
 * library, libnftables, is the same code under a C interface whose version differs between
 * distributions and which many hosts with nft lack. A router changes its table when it starts, when
 * its configuration changes and when it ends, so a process costs nothing that matters.
 */
@NullMarked
package dev.zuido.tun.firewall;

import org.jspecify.annotations.NullMarked;

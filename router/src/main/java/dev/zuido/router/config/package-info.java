/**
 * What a router is configured to do, as immutable values, and the checks that hold between them.
 *
 * <p>{@link dev.zuido.router.config.RouterConfig} is the whole; it knows nothing of text, files or
 * engines. The names of algorithms are enumerations of this package, so that the glue that starts
 * the engines is the one place where a configured word becomes an engine's object.
 *
 * <pre>{@code
 * ConfigReport report = IosReader.read(Files.readString(path));
 * if (report.config() == null) {
 *   System.err.print(report.render());
 *   return 1;
 * }
 * RouterConfig config = report.config();
 * for (InterfaceConfig tunnel : config.interfaces()) {
 *   if (tunnel.tunnel() != null) {
 *     // Empty where PPP's peer gives it: then it is known once the line is up.
 *     Optional<Ipv4Address> local = config.addressOf(tunnel.tunnel().source());
 *   }
 * }
 * }</pre>
 *
 * <p>A configuration may also be put together by hand with {@link
 * dev.zuido.router.config.RouterConfigBuilder}; {@link
 * dev.zuido.router.config.RouterConfig#problems()} then gives the same errors and warnings that a
 * text gets, each with the section and the command that it blames.
 *
 * <p>Secrets stand in {@link dev.zuido.router.config.Secret}, which never prints itself.
 */
@NullMarked
package dev.zuido.router.config;

import org.jspecify.annotations.NullMarked;

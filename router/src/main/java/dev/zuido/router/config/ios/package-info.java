/**
 * Reads and writes configurations as Cisco IOS command text.
 *
 * <p>{@link dev.zuido.router.config.ios.IosReader} takes text as it is typed, as {@code show
 * running-config} prints it, or as it looks when copied from a page that lost the indentation: a
 * line belongs to the section that was opened last if that section knows it, and otherwise leaves
 * the section. Keywords may be shortened to any beginning that is unique at their place. Every line
 * gets one report: done, accepted without effect, or refused with the column and the reason; no
 * input makes the reader throw. {@link dev.zuido.router.config.ios.IosWriter} prints a
 * configuration in its canonical form.
 *
 * <pre>{@code
 * ConfigReport report = IosReader.read(text);
 * System.out.print(report.render());
 * if (report.config() != null) {
 *   System.out.print(IosWriter.write(report.config(), IosWriter.Secrets.HIDDEN));
 * }
 * }</pre>
 *
 * <p>A command is one row of one of the {@code …Commands} classes: the mode that knows it, its
 * pattern, and its effect.
 *
 * <pre>{@code
 * mode.does("ip mtu <bytes:68-65535>", (port, a) -> port.ipMtu(a.optionalInteger("bytes")));
 * }</pre>
 */
@NullMarked
package dev.zuido.router.config.ios;

import org.jspecify.annotations.NullMarked;

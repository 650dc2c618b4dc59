/**
 * Impairments for IKEv1: a catalogue of bad treatments, and a scripted peer that applies one of
 * them to one message of its exchanges with a gateway.
 *
 * <p>{@link dev.zuido.testkit.ike.impairment.ImpairmentCatalogue} lists the impairments. Those of
 * datagrams are what a network or somebody in it can do: lose, repeat, delay, cut, alter, replay,
 * forge. Those of messages need the keys: a payload is missing, there twice, longer than it says,
 * of an unknown type; a public value is 0, 1 or p - 1; a HASH is wrong; and hash and encryption fit
 * what the message has become, so that the gateway has to judge it itself.
 *
 * <p>{@link dev.zuido.testkit.ike.impairment.ScriptedPeer} goes through phase 1, quick mode, a
 * probe and the deletes as initiator or as responder over a {@link
 * dev.zuido.testkit.ike.impairment.DatagramPath}. Its {@link
 * dev.zuido.testkit.ike.impairment.Reaction} says what the gateway did: answered, notified or kept
 * silent; whether the exchange got through with the true message afterwards; and whether a plain
 * handshake succeeded in the end. {@link dev.zuido.testkit.ike.impairment.EngineGateway} is such a
 * path to an engine of this library in virtual time, {@link
 * dev.zuido.testkit.ike.impairment.udp.GatewayProbe} a program for any gateway over UDP.
 */
@NullMarked
package dev.zuido.testkit.ike.impairment;

import org.jspecify.annotations.NullMarked;

package dev.zuido.testkit.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The grades of exchanges are what they say. */
class ExchangePropertyTest {
  private static List<ExchangeRule> brokenBy(IkeExchange exchange) {
    return Arrays.stream(ExchangeRule.values()).filter(rule -> !rule.isKeptBy(exchange)).toList();
  }

  private static void assertEncodes(IkeExchange exchange) throws Exception {
    for (IkeExchange.Sent sent : exchange.messages()) {
      ByteBuf out = Unpooled.buffer();
      sent.message().encode(out);
      assertEquals(sent.message(), IsakmpMessage.decode(out));
    }
  }

  @Property(tries = 500)
  void validExchangesKeepEveryRule(@ForAll("exchanges") IkeExchange exchange) throws Exception {
    assertEquals(List.of(), brokenBy(exchange));
    assertEncodes(exchange);
    for (int i = 0; i < exchange.messages().size(); i++) {
      Role role = i % 2 == 0 ? Role.INITIATOR : Role.RESPONDER;
      assertEquals(role, exchange.messages().get(i).role());
    }
  }

  @Property(tries = 500)
  void oddExchangesKeepEveryRule(@ForAll("oddExchanges") IkeExchange exchange) throws Exception {
    assertEquals(List.of(), brokenBy(exchange));
    assertEncodes(exchange);
  }

  @Property(tries = 1_000)
  void brokenExchangesBreakTheirRuleAlone(@ForAll("broken") BrokenExchange broken)
      throws Exception {
    assertEquals(List.of(broken.rule()), brokenBy(broken.exchange()));
    assertEncodes(broken.exchange());
    assertTrue(broken.rule().section().startsWith("RFC "));
    assertFalse(broken.exchange().messages().isEmpty());
  }

  /** Flipping a bit of the cookie 2 once made the cookie that is none. */
  @Property(tries = 100)
  void aBrokenCookieIsNeverZero(@ForAll("exchanges") IkeExchange exchange) {
    for (int cookie = 1; cookie <= 4; cookie++) {
      IkeExchange with = withInitiatorCookie(exchange, new Cookie(cookie));
      if (ExchangeRule.COOKIES_STAY.isAbout(with.kind())) {
        BrokenExchange broken = ExchangeRule.COOKIES_STAY.broken(with);
        assertEquals(List.of(ExchangeRule.COOKIES_STAY), brokenBy(broken.exchange()));
      }
    }
  }

  private static IkeExchange withInitiatorCookie(IkeExchange exchange, Cookie cookie) {
    return new IkeExchange(
        exchange.kind(),
        exchange.messages().stream()
            .map(each -> new IkeExchange.Sent(each.role(), withCookie(each.message(), cookie)))
            .toList());
  }

  private static IsakmpMessage withCookie(IsakmpMessage message, Cookie cookie) {
    IsakmpHeader header = message.header();
    return IsakmpMessage.of(
        cookie,
        header.responderCookie(),
        header.exchangeType(),
        header.flags(),
        header.messageId(),
        message.chain());
  }

  @Provide
  Arbitrary<IkeExchange> exchanges() {
    return ExchangeArbitraries.exchanges();
  }

  @Provide
  Arbitrary<IkeExchange> oddExchanges() {
    return ExchangeArbitraries.oddExchanges();
  }

  @Provide
  Arbitrary<BrokenExchange> broken() {
    return ExchangeArbitraries.brokenExchanges();
  }
}

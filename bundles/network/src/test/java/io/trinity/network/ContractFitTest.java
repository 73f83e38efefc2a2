package io.trinity.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.contract.Contract;
import io.trinity.canonical.abi.ImportCodec;
import io.trinity.canonical.abi.ResultValue;
import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitPackage;
import io.trinity.testkit.contract.FlatMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the canonical ABI lifts goes in, and what comes out it can lower, as plugin.wit says. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContractFitTest {
    private static final WitPackage WIT = WitPackage.parse(Contract.wit());
    private static final int RETURN_AREA = 1024;

    private final FlatMemory memory = new FlatMemory();

    private static ImportCodec codec(String interfaceName, String function) {
        for (WitFunction f :
                WIT.interfaces().stream()
                        .filter(i -> i.name().equals(interfaceName))
                        .findFirst()
                        .orElseThrow()
                        .functions()) {
            if (f.name().equals(function)) {
                return ImportCodec.of(f);
            }
        }
        throw new AssertionError("plugin.wit has no " + interfaceName + "." + function);
    }

    private void lower(ImportCodec codec, long[] core, Object result) {
        codec.lowerResult(memory, (p, old, align, size) -> memory.take(size), core, result);
    }

    @Test
    void aRequestIsLiftedSentAndItsAnswerLowered() throws Exception {
        String answer = "HTTP/1.1 418 Teapot\r\nA: b\r\nContent-Length: 3\r\n\r\nabc";
        try (Rig rig = new Rig();
                Peer peer = Peer.answering(answer)) {
            rig.grant("127.0.0.1:" + peer.port());
            int pair = memory.take(16);
            memory.putInt(pair, memory.text("X-Y"));
            memory.putInt(pair + 4, 3);
            memory.putInt(pair + 8, memory.text("z"));
            memory.putInt(pair + 12, 1);
            String url = "http://127.0.0.1:" + peer.port() + "/";
            long[] core = {
                memory.text("PUT"),
                3,
                memory.text(url),
                url.length(),
                pair,
                1,
                memory.text("body"),
                4,
                Rig.TIMEOUT_MILLIS,
                RETURN_AREA
            };
            ImportCodec codec = codec("http", "send");
            Object result = rig.http.call(rig.call(), "send", codec.liftArguments(memory, core));
            lower(codec, core, ResultValue.ok(result));
            assertEquals(0, memory.getByte(RETURN_AREA));
            assertEquals(418, memory.getShort(RETURN_AREA + 4));
            assertEquals(2, memory.getInt(RETURN_AREA + 12));
            assertEquals(3, memory.getInt(RETURN_AREA + 20));
            assertEquals("abc", memory.text(memory.getInt(RETURN_AREA + 16), 3));
        }
    }

    @Test
    void aConnectionIsOpenedUsedAndClosed() throws Exception {
        try (Rig rig = new Rig();
                Peer peer = new Peer(s -> s.getInputStream().transferTo(s.getOutputStream()))) {
            rig.grant("127.0.0.1:" + peer.port());
            long[] open = {
                memory.text("127.0.0.1"), 9, peer.port(), Rig.TIMEOUT_MILLIS, RETURN_AREA
            };
            ImportCodec codec = codec("tcp", "open");
            lower(
                    codec,
                    open,
                    ResultValue.ok(
                            rig.tcp.call(rig.call(), "open", codec.liftArguments(memory, open))));
            long handle = memory.getInt(RETURN_AREA + 4);

            long[] send = {handle, memory.text("x"), 1, Rig.TIMEOUT_MILLIS, RETURN_AREA};
            codec = codec("tcp", "send");
            lower(
                    codec,
                    send,
                    ResultValue.ok(
                            rig.tcp.call(rig.call(), "send", codec.liftArguments(memory, send))));

            long[] receive = {handle, 10, Rig.TIMEOUT_MILLIS, RETURN_AREA};
            codec = codec("tcp", "receive");
            lower(
                    codec,
                    receive,
                    ResultValue.ok(
                            rig.tcp.call(
                                    rig.call(), "receive", codec.liftArguments(memory, receive))));
            assertEquals("x", memory.text(memory.getInt(RETURN_AREA + 4), 1));

            long[] close = {handle};
            codec = codec("tcp", "close");
            lower(
                    codec,
                    close,
                    rig.tcp.call(rig.call(), "close", codec.liftArguments(memory, close)));
            assertEquals(0, rig.network.connections().size());
        }
    }
}

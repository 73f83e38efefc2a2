package io.trinity.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which addresses belong to the public internet. All others are inside: of this machine, of its
 * link, of a private network, of a cloud's metadata service, multicast, or nobody's. Pure.
 *
 * <p>Source: the IANA special-purpose address registries for IPv4 and IPv6. What is global there
 * and reaches other addresses by translation (6to4, Teredo) counts as inside all the same.
 */
final class Addresses {
    private static final List<Block> INSIDE_V4 =
            blocks(
                    "0.0.0.0/8", // this network; Linux takes 0.0.0.0 for this machine
                    "10.0.0.0/8",
                    "100.64.0.0/10", // carrier-grade NAT; 100.100.100.200 is a metadata service
                    "127.0.0.0/8",
                    "168.63.129.16/32", // a cloud's own services, under a public address
                    "169.254.0.0/16", // link-local; 169.254.169.254 is the metadata service
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24", // 6to4 relays
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4"); // reserved, and broadcast

    /** Global unicast. Outside of it are ::, ::1, fc00::/7, fe80::/10, ff00::/8 and the rest. */
    private static final Block GLOBAL_V6 = Block.of("2000::/3");

    private static final List<Block> INSIDE_V6 =
            blocks(
                    "2001::/23", // protocol assignments, Teredo among them
                    "2001:db8::/32",
                    "2002::/16", // 6to4
                    "3fff::/20");

    /** Private networks and this machine: what a name may stand for that was granted as inside. */
    private static final List<Block> NEARBY =
            blocks(
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "::1/128",
                    "fc00::/7");

    /** Clouds' services for the machine itself, at private addresses. */
    private static final List<Block> METADATA =
            blocks("100.100.100.200/32", "fd00:ec2::/32", "fd20:ce::/32");

    private static final Block NAT64 = Block.of("64:ff9b::/96");

    private Addresses() {}

    /** Whether an address is one of the public internet. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return INSIDE_V4.stream().noneMatch(b -> b.holds(bytes));
        }
        if (NAT64.holds(bytes)) {
            byte[] v4 = {bytes[12], bytes[13], bytes[14], bytes[15]};
            return INSIDE_V4.stream().noneMatch(b -> b.holds(v4));
        }
        return GLOBAL_V6.holds(bytes) && INSIDE_V6.stream().noneMatch(b -> b.holds(bytes));
    }

    /**
     * Whether an address is one of this machine or of a private network. Link-local addresses, at
     * which clouds hand out credentials, are none, nor are other services of theirs.
     */
    static boolean isNearby(InetAddress address) {
        byte[] bytes = address.getAddress();
        return NEARBY.stream().anyMatch(b -> b.holds(bytes))
                && METADATA.stream().noneMatch(b -> b.holds(bytes));
    }

    private static List<Block> blocks(String... texts) {
        List<Block> blocks = new ArrayList<>();
        for (String text : texts) {
            blocks.add(Block.of(text));
        }
        return List.copyOf(blocks);
    }

    /** The addresses of one length, in bytes, that begin with the same bits. */
    private record Block(int length, BigInteger prefix, int bits) {
        static Block of(String text) {
            int slash = text.indexOf('/');
            try {
                byte[] bytes = InetAddress.getByName(text.substring(0, slash)).getAddress();
                int bits = Integer.parseInt(text.substring(slash + 1));
                return new Block(bytes.length, prefix(bytes, bits), bits);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(text + " is no block of addresses", e);
            }
        }

        boolean holds(byte[] address) {
            return address.length == length && prefix(address, bits).equals(prefix);
        }

        private static BigInteger prefix(byte[] address, int bits) {
            return new BigInteger(1, address).shiftRight(8 * address.length - bits);
        }
    }
}

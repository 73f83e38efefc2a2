package io.trinity.api.sandbox;

import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.text.Escaped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port in the one form in which they are compared: names in lower case without the
 * trailing dot, addresses as the JDK writes their bytes. What other programs read as an address in
 * disguise ({@code 0x7f.1}, {@code 2130706433}) is refused and never looked up. Pure.
 *
 * @param host name or address, without brackets
 * @param literal the address where the host is one, null for a name
 * @param port 1 to 65,535
 */
public record NetworkTarget(String host, @Nullable InetAddress literal, int port) {
    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final int MAX_PORT = 65_535;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]{2,45}");

    /**
     * Reads a host and a port.
     *
     * @param host a name, an IPv4 address in dotted decimal, or an IPv6 address with or without
     *     brackets
     * @throws HostFailure INVALID for anything else
     */
    public static NetworkTarget of(String host, long port) throws HostFailure {
        if (port < 1 || port > MAX_PORT) {
            throw invalid("port " + port + " is not from 1 to " + MAX_PORT);
        }
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) > 0x7e) {
                throw invalid(
                        "host '%s' is not ASCII; write the name in Punycode (xn--...)"
                                .formatted(Escaped.brief(host)));
            }
        }
        String text = host.toLowerCase(Locale.ROOT);
        if (text.indexOf(':') >= 0 || text.startsWith("[")) {
            return at(ipv6(text), (int) port);
        }
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        List<String> labels = List.of(name.split("\\.", -1));
        boolean isName =
                name.length() <= MAX_NAME
                        && labels.stream()
                                .allMatch(
                                        l -> l.length() <= MAX_LABEL && LABEL.matcher(l).matches());
        if (!isName) {
            throw invalid("'%s' is no host name and no address".formatted(Escaped.brief(host)));
        }
        return NUMBER.matcher(labels.get(labels.size() - 1)).matches()
                ? at(ipv4(host, labels), (int) port)
                : new NetworkTarget(name, null, (int) port);
    }

    /**
     * Reads {@code host:port}; an IPv6 address is in brackets.
     *
     * @throws HostFailure INVALID for anything else
     */
    public static NetworkTarget parse(String text) throws HostFailure {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(0, colon));
        String port = text.substring(colon + 1);
        if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
            throw invalid(
                    "'%s': an IPv6 address stands in brackets before its port: [::1]:80"
                            .formatted(Escaped.brief(text)));
        }
        if (colon < 0 || !port.matches("[0-9]{1,5}")) {
            throw invalid("'%s' does not end in a port".formatted(Escaped.brief(text)));
        }
        return of(host, Integer.parseInt(port));
    }

    /** An address as it is compared: without scope id, IPv4-mapped IPv6 as IPv4. */
    public static NetworkTarget at(InetAddress address, int port) {
        try {
            InetAddress plain = InetAddress.getByAddress(address.getAddress());
            return new NetworkTarget(plain.getHostAddress(), plain, port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private static InetAddress ipv4(String host, List<String> labels) throws HostFailure {
        byte[] bytes = new byte[4];
        boolean plain = labels.size() == bytes.length;
        for (int i = 0; plain && i < bytes.length; i++) {
            plain = OCTET.matcher(labels.get(i)).matches() && Integer.parseInt(labels.get(i)) < 256;
            bytes[i] = plain ? (byte) Integer.parseInt(labels.get(i)) : 0;
        }
        if (!plain) {
            throw invalid(
                    "'%s' is an address in an odd form; write it as four decimal numbers"
                            .formatted(Escaped.brief(host)));
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static InetAddress ipv6(String text) throws HostFailure {
        boolean open = text.startsWith("[");
        String inner = open && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (inner.indexOf('%') >= 0) {
            throw invalid(
                    "'%s' has a zone, which means something on one machine only; leave it out"
                            .formatted(Escaped.brief(text)));
        }
        if (IPV6.matcher(inner).matches() && inner.indexOf(':') >= 0) {
            try {
                // In brackets it is an address or nothing: the JDK looks no name up.
                return InetAddress.getByName("[" + inner + "]");
            } catch (UnknownHostException e) {
                // told below
            }
        }
        throw invalid("'%s' is no IPv6 address".formatted(Escaped.brief(text)));
    }

    /** With brackets where the host is an IPv6 address. */
    public String bracketed() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** {@code host:port}, as a scope has it. */
    @Override
    public String toString() {
        return bracketed() + ":" + port;
    }

    private static HostFailure invalid(String why) {
        return new HostFailure(Reason.INVALID, why);
    }
}

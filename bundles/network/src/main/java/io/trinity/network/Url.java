package io.trinity.network;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.NetworkTarget;
import io.trinity.api.text.Escaped;

/**
 * A URL of scheme http or https, read strictly: whatever two programs could read in two ways is
 * refused. Pure.
 *
 * @param tls whether the scheme is https
 * @param path with the query, as it goes into the request line; begins with a slash
 */
record Url(boolean tls, NetworkTarget target, String path) {
    private static final int MAX_LENGTH = 8192;
    private static final String REFUSED = "\\\"<>^`{|}";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * @throws HostFailure INVALID with the reason
     */
    static Url parse(String text) throws HostFailure {
        if (text.length() > MAX_LENGTH) {
            throw invalid("the URL is longer than " + MAX_LENGTH + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= 0x20 || c > 0x7e || REFUSED.indexOf(c) >= 0) {
                throw invalid(
                        "character %s of the URL '%s' is not allowed there; percent-encode it (in a host: Punycode)"
                                .formatted(i + 1, Escaped.brief(text)));
            }
        }
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : text.substring(0, colon);
        boolean tls = scheme.equalsIgnoreCase("https");
        if (!tls && !scheme.equalsIgnoreCase("http")) {
            throw invalid(
                    "'%s' begins with neither http:// nor https://".formatted(Escaped.brief(text)));
        }
        int start = colon + 3;
        int end = start;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        NetworkTarget target = authority(text.substring(start, end), tls ? HTTPS : HTTP);
        int fragment = text.indexOf('#', end);
        String rest = text.substring(end, fragment < 0 ? text.length() : fragment);
        return new Url(tls, target, rest.startsWith("/") ? rest : "/" + rest);
    }

    private static NetworkTarget authority(String text, int port) throws HostFailure {
        if (text.indexOf('@') >= 0) {
            throw invalid("a user within a URL is refused; send header Authorization");
        }
        int colon = text.indexOf(':', Math.max(0, text.lastIndexOf(']')));
        if (colon < 0) {
            return NetworkTarget.of(text, port);
        }
        String digits = text.substring(colon + 1);
        if (!digits.matches("[0-9]{1,5}")) {
            throw invalid("'%s' is no port".formatted(Escaped.brief(digits)));
        }
        return NetworkTarget.of(text.substring(0, colon), Integer.parseInt(digits));
    }

    /** As a proxy takes it in the request line. */
    Url absolute() {
        return new Url(tls, target, (tls ? "https://" : "http://") + authority() + path);
    }

    /** Value of header Host. */
    String authority() {
        return target.port() == (tls ? HTTPS : HTTP) ? target.bracketed() : target.toString();
    }

    private static HostFailure invalid(String why) {
        return new HostFailure(Reason.INVALID, why);
    }
}

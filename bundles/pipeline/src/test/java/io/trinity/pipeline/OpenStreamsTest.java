package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OpenStreamsTest {
    private final OpenStreams streams = new OpenStreams();

    @Test
    void twoFilesOfOneNameAreTwoStreamsWhileBothAreOpen() {
        OpenStreams.Name first = streams.open("report.txt");
        OpenStreams.Name second = streams.open("report.txt");
        OpenStreams.Name third = streams.open("report.txt");
        assertEquals("report.txt", first.text());
        assertEquals("report.txt-2", second.text());
        assertEquals("report.txt-3", third.text());
        second.close();
        assertEquals("report.txt-2", streams.open("report.txt").text());
        first.close();
        assertEquals("report.txt", streams.open("report.txt").text());
    }

    @Test
    void aNumberedNameIsAsLongAsNamesMayBeAndTakesNobodyElses() {
        String longest = "x".repeat(64);
        streams.open(longest);
        assertEquals("x".repeat(62) + "-2", streams.open(longest).text());
        streams.open("a-2");
        streams.open("a");
        assertEquals("a-3", streams.open("a").text());
    }

    @Test
    void aFedStreamKeepsItsNameAndNoFileGetsIt() {
        OpenStreams.Name one = streams.hold("camera");
        OpenStreams.Name other = streams.hold("camera");
        one.close();
        assertEquals("camera-2", streams.open("camera").text());
        other.close();
        assertEquals("camera", streams.open("camera").text());
    }
}

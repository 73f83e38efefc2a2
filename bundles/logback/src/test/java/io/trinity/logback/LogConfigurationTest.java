package io.trinity.logback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogConfigurationTest {
    @TempDir Path home;

    private final LoggerContext context = new LoggerContext();
    private final List<String> standardError = new ArrayList<>();
    private Optional<String> problem = Optional.empty();
    private LogConfiguration log;

    @BeforeEach
    void context() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        log =
                new LogConfiguration(
                        context, home.resolve("logback.xml"), standardError::add, p -> problem = p);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private String xml(String prefix, String audit) {
        return """
        <configuration scan="true">
          <appender name="a" class="ch.qos.logback.core.FileAppender">
            <file>%s/trinity.log</file>
            <encoder><pattern>%s %%level %%msg%%n</pattern></encoder>
          </appender>
          <logger name="%s" level="INFO"><appender-ref ref="a"/></logger>
          <root level="INFO"><appender-ref ref="a"/></root>
        </configuration>
        """
                .formatted(home, prefix, audit);
    }

    private void put(String text) throws IOException {
        Files.writeString(home.resolve("logback.xml"), text);
    }

    private void begin() throws IOException {
        Path builtIn = home.resolve("built-in.xml");
        Files.writeString(builtIn, xml("built-in", "io.trinity.audit"));
        log.begin(builtIn);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(home.resolve("trinity.log"));
    }

    private String lastSaid(String message) throws IOException {
        context.getLogger("x").info(message);
        List<String> lines = lines();
        return lines.get(lines.size() - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<bad|:1: it is not valid XML: XML document structures must start and end within"
                        + " the same entity",
                "''|:1: it is not valid XML: Premature end of file",
                "<other/>|: its outermost element is not <configuration>",
                "<configuration><root><appender-ref ref='no'/></root></configuration>"
                        + "|: its root logger has no appender, so nothing would be logged",
            })
    void withAFileThatIsNotValidTheBuiltInOneHoldsAndOneLineSaysWhy(String text, String why)
            throws IOException {
        put(text);
        begin();
        assertEquals("built-in INFO hello", lastSaid("hello"));
        assertEquals(1, standardError.size(), standardError::toString);
        String told = standardError.get(0);
        assertTrue(told.endsWith("; the built-in one is in effect"), told);
        assertEquals(
                "code=CONFIG_INVALID conf/logback.xml" + why.replaceAll("\\s+", " "),
                told.substring(0, told.lastIndexOf(';')));
        assertEquals("built-in WARN " + told, lines().get(0));
        assertEquals(2, lines().size());
        assertEquals(told, "code=CONFIG_INVALID " + problem.orElseThrow());
    }

    @Test
    void aFileThatBreaksWhileTheHostRunsLeavesWhatIsInEffectAndAMendedOneIsTaken()
            throws IOException {
        put(xml("own", "io.trinity.audit"));
        begin();
        assertEquals("own INFO 1", lastSaid("1"));
        for (String broken :
                List.of(
                        "<bad",
                        "<configuration><appender name='b' class='no.Such'/>"
                                + "<root><appender-ref ref='b'/></root></configuration>")) {
            put(broken);
            log.look();
            assertEquals(Optional.empty(), problem, "it may be half written");
            log.look();
            log.look();
            assertEquals("own INFO 2", lastSaid("2"));
            List<String> lines = lines();
            String told = lines.get(lines.size() - 2);
            assertTrue(told.startsWith("own WARN code=CONFIG_INVALID conf/logback.xml"), told);
            assertTrue(told.endsWith("; what was in effect before stays"), told);
            put(xml("mended", "io.trinity.audit"));
            log.look();
            log.look();
            assertEquals("mended INFO 3", lastSaid("3"));
            assertEquals(Optional.empty(), problem);
            put(xml("own", "io.trinity.audit"));
            log.look();
            log.look();
        }
        assertEquals(List.of(), standardError);
    }

    @Test
    void aFileThatIsGoneLeavesWhatIsInEffectAndOneThatComesIsTaken() throws IOException {
        begin();
        assertEquals("built-in INFO 1", lastSaid("1"));
        put(xml("own", "io.trinity.audit"));
        log.look();
        log.look();
        assertEquals("own INFO 2", lastSaid("2"));
        Files.delete(home.resolve("logback.xml"));
        log.look();
        log.look();
        assertEquals("own INFO 3", lastSaid("3"));
        // What was away between two looks was not still.
        put(xml("next", "io.trinity.audit"));
        log.look();
        Files.delete(home.resolve("logback.xml"));
        log.look();
        put(xml("next", "io.trinity.audit"));
        log.look();
        assertEquals("own INFO 4", lastSaid("4"));
        log.look();
        assertEquals("next INFO 5", lastSaid("5"));
        assertEquals(List.of(), standardError);
    }

    @Test
    void nobodyElseLooksAtTheFileAndFaultsOfLaterAreNoFaultsOfIt() throws IOException {
        put(xml("own", "io.trinity.audit"));
        begin();
        assertEquals(List.of(), context.getCopyOfScheduledFutures());
        assertTrue(
                context.getStatusManager().getCopyOfStatusListenerList().stream()
                        .noneMatch(Faults.class::isInstance));
    }

    @Test
    void aFileThatThisOneIncludesIsLookedAtToo() throws IOException {
        Path included = home.resolve("level.xml");
        Files.writeString(included, "<included><logger name='x' level='ERROR'/></included>");
        Files.setLastModifiedTime(included, FileTime.fromMillis(0));
        put(
                xml("own", "io.trinity.audit")
                        .replace("<root", "<include file='" + included + "'/><root"));
        begin();
        assertFalse(context.getLogger("x").isInfoEnabled());
        Files.writeString(included, "<included><logger name='x' level='INFO'/></included>");
        log.look();
        log.look();
        assertEquals("own INFO 1", lastSaid("1"));
    }

    @Test
    void whereNobodyNamesAFileEverythingIsLeftToLogback() {
        assertEquals(null, System.getProperty(HomeConfigurator.FILE_PROPERTY));
        assertEquals(
                Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY,
                new HomeConfigurator().configure(context));
        System.setProperty(HomeConfigurator.BUILT_IN_PROPERTY, "built-in.xml");
        try {
            assertEquals(
                    Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY,
                    new HomeConfigurator().configure(context));
        } finally {
            System.clearProperty(HomeConfigurator.BUILT_IN_PROPERTY);
        }
    }

    @Test
    void aFileWithoutAuditLogIsTakenAndToldOf() throws IOException {
        put(xml("own", "something.else"));
        begin();
        assertEquals("own INFO hello", lastSaid("hello"));
        assertEquals(
                List.of(
                        "code=CONFIG_INVALID conf/logback.xml: it has no logger io.trinity.audit"
                                + " with an appender, so there is no log/audit.log; remove the"
                                + " file, and the next start puts the one of this version there"),
                standardError);
    }

    @Test
    void aFolderThatIsNotToBeWrittenToIsNoFaultOfTheFile() throws IOException {
        Files.writeString(home.resolve("in-the-way"), "");
        put(xml("own", "io.trinity.audit").replace("/trinity.log", "/in-the-way/trinity.log"));
        begin();
        assertFalse(problem.isPresent(), problem::toString);
    }

    @Test
    void aLogWhoseFileWasRemovedOrReplacedIsOpenedAnewAndOneThatIsCutIsNot() throws IOException {
        put(xml("own", "io.trinity.audit"));
        begin();
        log.look();
        Path file = home.resolve("trinity.log");
        Files.delete(file);
        log.look();
        assertEquals("own INFO 1", lastSaid("1"));
        assertTrue(lines().get(0).endsWith("it is opened anew"), lines()::toString);
        Files.move(file, home.resolve("trinity.log.1"));
        Files.createFile(file);
        log.look();
        assertEquals("own INFO 2", lastSaid("2"));
        log.look();
        Files.write(file, new byte[0]);
        log.look();
        assertEquals("own INFO 3", lastSaid("3"));
        assertEquals(1, lines().size(), lines()::toString);
    }

    @Test
    void aLogBehindAnotherAppenderIsOpenedAnewToo() throws IOException {
        String behind =
                """
                <appender name="b" class="ch.qos.logback.classic.AsyncAppender">
                  <appender-ref ref="a"/>
                </appender>
                <logger\
                """;
        put(
                xml("own", "io.trinity.audit")
                        .replace("<appender-ref ref=\"a\"/>", "<appender-ref ref=\"b\"/>")
                        .replaceFirst("<logger", behind));
        begin();
        log.look();
        Files.delete(home.resolve("trinity.log"));
        log.look();
        assertTrue(Files.exists(home.resolve("trinity.log")));
    }

    @Test
    void whereAHomeIsAboutToGoItsLogIsNotOpenedAnew() throws IOException {
        put(xml("own", "io.trinity.audit"));
        begin();
        log.look();
        Files.delete(home.resolve("trinity.log"));
        System.setProperty("trinity.log.reopen", "false");
        try {
            log.look();
            assertFalse(Files.exists(home.resolve("trinity.log")));
        } finally {
            System.clearProperty("trinity.log.reopen");
        }
    }

    /** What is written at the place of a home that was moved is in the way of the next one. */
    @Test
    void whereTheHomeWasMovedNothingIsMadeInItsPlaceAndARemovedFolderIsMadeAnew()
            throws IOException {
        Path moving = home.resolve("moving");
        Path file = moving.resolve("log/trinity.log");
        Files.createDirectory(moving);
        put(
                xml("own", "io.trinity.audit")
                        .replace("%s/trinity".formatted(home), moving + "/log/trinity"));
        begin();
        log.look();
        assertTrue(Files.exists(file));
        Files.delete(file);
        Files.delete(file.getParent());
        log.look();
        assertTrue(Files.exists(file));
        Files.move(moving, home.resolve("moved"));
        log.look();
        log.look();
        assertFalse(Files.exists(moving));
    }

    @Test
    void aLogThatLogbackOpensAnewByItselfIsNoneThatOthersTook() throws IOException {
        put(xml("own", "io.trinity.audit"));
        begin();
        log.look();
        ch.qos.logback.core.FileAppender<?> a =
                (ch.qos.logback.core.FileAppender<?>)
                        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("a");
        Files.move(home.resolve("trinity.log"), home.resolve("trinity.log.1"));
        a.openFile(a.getFile());
        log.look();
        log.look();
        assertEquals("own INFO 1", lastSaid("1"));
        assertEquals(1, lines().size(), lines()::toString);
    }

    @Test
    void whatWasWrongWithAFileThatIsGoneIsWrongNoLonger() throws IOException {
        put("<bad");
        begin();
        assertTrue(problem.isPresent());
        Files.delete(home.resolve("logback.xml"));
        log.look();
        assertEquals(Optional.empty(), problem);
        assertEquals("built-in INFO 1", lastSaid("1"));
    }

    @Test
    void aLookThatEndsInAnErrorIsNotTheLast() throws IOException {
        put(xml("own", "io.trinity.audit"));
        Error[] next = {new OutOfMemoryError("as if")};
        log =
                new LogConfiguration(
                        context,
                        home.resolve("logback.xml"),
                        standardError::add,
                        p -> {
                            if (next[0] != null) {
                                throw next[0];
                            }
                            problem = p;
                        });
        begin();
        put("no xml");
        // The first look sees a change, the second that it is still, and fails.
        log.look();
        log.look();
        assertTrue(lines().stream().anyMatch(l -> l.contains("as if")), lines()::toString);
        next[0] = null;
        put("no xml either");
        log.look();
        log.look();
        assertTrue(problem.isPresent());
    }
}

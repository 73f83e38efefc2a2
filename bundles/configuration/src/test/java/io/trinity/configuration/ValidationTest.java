package io.trinity.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.home.FileFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.metatype.AttributeDefinition;

/** What is wrong with files, and that nobody sees a secret. */
class ValidationTest {
    private static final Schema SCHEMA =
            new Schema(
                    Map.of(
                            "io.trinity.http",
                            keys(
                                    new FakeAttribute("port", AttributeDefinition.INTEGER),
                                    new FakeAttribute("on", AttributeDefinition.BOOLEAN),
                                    new FakeAttribute("mode", AttributeDefinition.STRING, "a", "b"),
                                    new FakeAttribute("pin", AttributeDefinition.PASSWORD),
                                    new FakeAttribute("apiKey", AttributeDefinition.INTEGER)),
                            "io.trinity.streams",
                            keys(new FakeAttribute("streams", AttributeDefinition.STRING))),
                    Map.of(
                            "io.trinity.pipeline",
                            keys(new FakeAttribute("inbox", AttributeDefinition.STRING))),
                    List.of("io.trinity.reload"));

    @TempDir Path conf;

    private static Map<String, AttributeDefinition> keys(AttributeDefinition... all) {
        return Stream.of(all)
                .collect(Collectors.toMap(AttributeDefinition::getID, Function.identity()));
    }

    private ConfFile file(String name, String text) throws IOException {
        Path path = Files.writeString(conf.resolve(name), text);
        return ConfFile.read(path, FileFingerprint.of(path));
    }

    private List<String> wrong(String name, String text) throws IOException {
        return new Validation(SCHEMA)
                .of(Pid.of(name).orElseThrow(), file(name, text)).stream()
                        .map(Problem::toString)
                        .toList();
    }

    @Test
    void aValueThatIsNoneOfItsTypeIsToldByLineAndKey() throws IOException {
        assertEquals(
                List.of(),
                wrong("io.trinity.http.cfg", "port = 1\non = true\nmode = a\nservice.x = y\n"));
        assertEquals(
                List.of(
                        "conf/io.trinity.http.cfg:1: port: '80 80' is not valid; it is: what it is",
                        "conf/io.trinity.http.cfg:2: on: 'yes' is not valid; it is: what it is",
                        "conf/io.trinity.http.cfg:3: mode: 'c' is not valid; it is one of a, b:"
                                + " what it is"),
                wrong("io.trinity.http.cfg", "port = 80 80\non = yes\nmode = c\n").stream()
                        .sorted()
                        .toList());
        assertEquals(
                List.of("conf/io.trinity.http.cfg:1: port: '８０' is not valid; it is: what it is"),
                wrong("io.trinity.http.cfg", "port = ８０\n"),
                "digits of other scripts");
    }

    @Test
    void aKeyThatNobodyKnowsIsToldWithTheOneThatIsMeant() throws IOException {
        assertEquals(
                List.of(
                        "conf/io.trinity.http.cfg:1: ports: no known key; it has no effect; did you"
                                + " mean port?"),
                wrong("io.trinity.http.cfg", "ports = 1\n"));
        assertEquals(List.of(), wrong("io.trinity.pipeline-a.cfg", "weights.text = 1\n"));
        assertEquals(List.of(), wrong("io.trinity.streams.cfg", "push.events = a\npull.x = b\n"));
        assertEquals(List.of(), wrong("io.trinity.reload.cfg", "anything = 1\n"));
    }

    @Test
    void aFileThatNobodyTakesIsToldByItsName() throws IOException {
        for (Map.Entry<String, String> e :
                Map.of(
                                "io.trinity.htp.cfg",
                                "no part of the host takes it; it has no effect; did you mean"
                                        + " io.trinity.http.cfg?",
                                "io.trinity.http-a.cfg",
                                "there is only one of it; call it io.trinity.http.cfg",
                                "io.trinity.pipeline.cfg",
                                "it names none of several; call it io.trinity.pipeline-NAME.cfg",
                                "http.cfg",
                                "no part of the host takes it; did you mean io.trinity.http.cfg?")
                        .entrySet()) {
            assertEquals(
                    List.of("conf/" + e.getKey() + ": " + e.getValue()), wrong(e.getKey(), "x=1"));
        }
        assertEquals(List.of(), wrong("org.others.cfg", "x = 1"));
        assertEquals(
                Optional.of(
                        "conf/io.trinity.http.yaml: its name ends in neither .cfg nor .config; it"
                                + " has no effect"),
                Validation.stranger("io.trinity.http.yaml").map(Problem::toString));
    }

    @Test
    void aSecretIsHiddenWhetherItHoldsOrNotAndWhetherItsKeyIsKnownOrNot() {
        Map<String, Object> named = Map.of("apiKey", "hush", "dbPassword", "hush");
        Map<String, Object> declared = new HashMap<>(named);
        declared.put("pin", "hush");
        String shown =
                new Listing(
                                SCHEMA,
                                Map.of("io.trinity.http", declared, "io.trinity.reload", named),
                                Map.of(),
                                Map.of(),
                                pid -> List.of())
                        .settings(Optional.empty())
                        .toString();
        assertEquals(-1, shown.indexOf("hush"), shown);
        assertEquals(5, shown.split("\\(hidden\\)", -1).length - 1, shown);
    }

    @Test
    void aNameThatIsHalfAPidIsNone() {
        for (String name : List.of("-a.cfg", "io.trinity.pipeline-.cfg", ".a.cfg", ".cfg", "a.x")) {
            assertEquals(Optional.empty(), Pid.of(name), name);
        }
        assertEquals("p~a-b", Pid.of("p-a-b.cfg").orElseThrow().toString());
        assertEquals("p-a~b", Pid.of("p-a~b.config").orElseThrow().toString());
    }

    @Test
    void aProblemIsToldOnceAsLongAsItLastsAndOfOneFileABoundedNumber() {
        List<String> told = new ArrayList<>();
        Complaints complaints = new Complaints(told::add);
        List<Problem> many =
                Stream.iterate(1, i -> i + 1)
                        .limit(Complaints.MOST + 2)
                        .map(i -> new Problem("a.cfg", i, "", "it is wrong"))
                        .toList();
        complaints.now(many);
        assertEquals(Complaints.MOST + 1, told.size());
        assertEquals("conf/a.cfg: and 2 more", told.get(Complaints.MOST));
        complaints.now(many);
        assertEquals(Complaints.MOST + 1, told.size());
        complaints.now(List.of());
        complaints.now(many.subList(0, 1));
        assertEquals(Complaints.MOST + 2, told.size());
    }

    private static String stranger(String file) {
        assertEquals(Optional.empty(), Pid.of(file));
        return Validation.stranger(file).orElseThrow().text();
    }

    @Test
    void aFileWhoseNameIsNoneIsToldWithWhatIsWrongWithIt() throws IOException {
        for (String copy :
                List.of(
                        "io.trinity.pipeline-main (copy).cfg",
                        "Copy of io.trinity.http.cfg",
                        "io.trinity.pipeline-.cfg")) {
            assertEquals(
                    "no configuration is named so, but io.trinity.PART.cfg or"
                            + " io.trinity.PART-NAME.cfg, in letters, digits, dots and hyphens; it"
                            + " has no effect",
                    stranger(copy));
        }
        assertEquals(
                "its name ends in neither .cfg nor .config; it has no effect",
                stranger("io.trinity.http.yaml"));
        assertEquals(
                List.of(
                        "conf/Io.Trinity.Http.cfg: no part of the host takes it; did you mean"
                                + " io.trinity.http.cfg?"),
                wrong("Io.Trinity.Http.cfg", "port=1"));
        assertEquals(
                List.of(
                        "conf/io.trinity.pipeline-Main.cfg: 'Main' is no name of a pipeline: lower"
                                + " case letters, digits and hyphens, a letter first; it has no"
                                + " effect; set pipeline=NAME, or call it"
                                + " io.trinity.pipeline-main.cfg"),
                wrong("io.trinity.pipeline-Main.cfg", "inbox=a"));
    }
}

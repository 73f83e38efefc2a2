package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandlersTest {
    private static final ModalityHandler LIDAR = handler("lidar", "application/vnd.pcd");
    private static final ModalityHandler NEWCOMER = handler("a-lidar", "Application/VND.pcd; v=1");
    private static final ModalityHandler OTHER = handler("other", "text/x-other");

    private static ModalityHandler handler(String name, String type) {
        return Fakes.handler(
                name, "lidar", type, Answer.Value::new, c -> new Answer.Value<>(List.of()));
    }

    private static List<String> names(List<ModalityHandler> handlers) {
        return handlers.stream().map(ModalityHandler::name).toList();
    }

    @Test
    void aNewcomerTakesNoTypeFromAnotherByItsName() {
        List<ModalityHandler> serving = List.of(LIDAR, NEWCOMER);
        assertEquals(
                Optional.of(LIDAR), Handlers.forContentType(serving, "application/vnd.pcd; q=2"));
        assertEquals(Optional.of(LIDAR), Handlers.forModality(serving, "lidar"));
        assertEquals(Optional.empty(), Handlers.forModality(serving, "voice"));
    }

    @Test
    void onlyThoseThatAreNamedAreAskedAndInThatOrder() {
        List<ModalityHandler> serving = List.of(LIDAR, NEWCOMER, OTHER);
        assertEquals(serving, Handlers.inOrder(serving, List.of()));
        assertEquals(
                List.of("other", "lidar"),
                names(Handlers.inOrder(serving, List.of("other", "none", "lidar"))));
    }

    @Test
    void twoOfOneTypeAreTold() {
        assertEquals(
                "application/vnd.pcd is decoded by 'lidar', not by 'a-lidar'",
                Handlers.conflicts(List.of(LIDAR, NEWCOMER, OTHER)));
        assertEquals("", Handlers.conflicts(List.of(LIDAR, OTHER)));
    }

    @Test
    void thePipelineAsksThoseThatItsConfigurationNames() {
        Fakes fakes = new Fakes();
        fakes.absent =
                List.of(
                        new AbsentHandler("gone", List.of(), "it is paused", false),
                        new AbsentHandler("lidar", List.of(), "it is paused", false));
        PipelineSettings settings =
                PipelineSettings.read(
                        Map.of("handlers", "a-lidar, lidar"),
                        PipelineSettings.defaults("main"),
                        p -> assertEquals("", p));
        StageWatch watch = new StageWatch(fakes, () -> settings, new Troubles("main", () -> false));
        fakes.handlers.addAll(List.of(LIDAR, OTHER));
        assertEquals(List.of("lidar"), names(watch.handlers()));
        fakes.handlers.add(NEWCOMER);
        assertEquals(List.of("a-lidar", "lidar"), names(watch.handlers()));
        assertEquals(List.of("a-lidar", "lidar"), names(watch.handlers()));
        assertEquals(1, watch.absentHandlers().size());
    }
}

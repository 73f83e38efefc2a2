package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.plugin.HookPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequiredHooksTest {
    private static HookSnapshot hook(HookPoint point, boolean required, String missing) {
        String name = point == HookPoint.CUSTOM ? "mask" : "";
        return new HookSnapshot("guard", point, name, 500, true, 0, 0, 0, "", required, missing);
    }

    @Test
    void thoseThatAPipelineHasAndThatAreRequiredAndNotCalledAreTold() {
        Fakes fakes = new Fakes();
        fakes.hookList =
                List.of(
                        hook(HookPoint.POST_CHUNK, true, "it is off"),
                        hook(HookPoint.PRE_PIPELINE, true, ""),
                        hook(HookPoint.POST_FUSION, false, "it is off"),
                        hook(HookPoint.CUSTOM, true, "it is off"));
        assertEquals(
                "required hook post_chunk of 'guard' is not called: it is off",
                RequiredHooks.told(fakes));
    }
}

package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.StrippedModule;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.GenerationSource;
import io.trinity.api.stream.Chunk;
import io.trinity.api.world.ExtensionDefinition;
import io.trinity.api.world.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Types that bundles bring. */
public class BroughtTypeTest {
    /** A world that uses the contract's types. */
    public interface DiceWorld extends World {
        Answer<List<Chunk>> rollTwice(CallOptions options, long sides);
    }

    private static final String WIT =
            """
            package acme:dice@1.0.0;
            world dice-roll {
              include trinity:plugin/imports@0.1.0;
              use trinity:plugin/types@0.1.0.{chunk};
              export roll-twice: func(sides: u32) -> result<list<chunk>, string>;
            }
            """;

    interface Hidden extends World {}

    private final ContractCodecs contract = ContractCodecs.load();

    private record Brought(String type, String wit, Class<? extends World> world)
            implements ExtensionDefinition {}

    private static Brought dice(String from, String to) {
        assertTrue(WIT.contains(from), from);
        return new Brought("dice_roll", WIT.replace(from, to), DiceWorld.class);
    }

    @Test
    void itIsThereBesideTheContractsOwn() {
        ContractCodecs with = contract.with(dice("", ""));
        assertEquals(5, contract.types().size());
        assertEquals(6, with.types().size());
        assertEquals(DiceWorld.class, with.types().get("dice_roll"));
        assertEquals(
                "[I32]",
                with.world("dice-roll").get("roll-twice").signature().parameters().toString());
    }

    @Test
    void whatIsWrongWithItIsASentence() {
        assertWrong(
                new Brought("pipeline_stage", WIT, DiceWorld.class),
                "there is a type of that name already, world"
                        + " io.trinity.api.world.PipelineStageWorld");
        assertWrong(
                new Brought("Dice", WIT, DiceWorld.class),
                "a type of plugins is words of a-z 0-9, joined by _, at most 64");
        assertWrong(new Brought("cards", WIT, DiceWorld.class), "its WIT has no world cards");
        assertWrong(dice("0.1.0.{", "0.2.0.{"), "package trinity:plugin is here in version 0.1.0");
        assertWrong(dice("export", "exports"), "line 5");
        assertWrong(
                dice("  export roll-twice: func(sides: u32) -> result<list<chunk>, string>;\n", ""),
                "world dice-roll exports no function");
        assertWrong(
                dice("roll-twice", "check"),
                "dice-roll.check has the name of what world checked exports, which any plugin may"
                        + " have");
        for (String taken : List.of("checked", "hook_post_chunk", "imports", "streams")) {
            assertWrong(
                    new Brought(taken, WIT, DiceWorld.class),
                    "plugin.wit has a world or an interface " + taken.replace('_', '-'));
        }
        assertWrong(
                dice("  export", "  include trinity:plugin/checked;\n  export"),
                "world dice-roll includes a world that exports");
        assertWrong(
                new Brought("dice_roll", WIT, Hidden.class),
                "BroughtTypeTest$Hidden is no public interface");
        assertWrong(new Brought("dice_roll", WIT, null), "world() returned null");
        assertWrong(new Brought("dice_roll", null, DiceWorld.class), "wit() returned null");
        assertWrong(new Brought(null, WIT, DiceWorld.class), "type() returned null");
        assertWrong(
                dice("sides: u32", "sides: u64, of: u8"),
                "dice-roll.roll-twice: parameter 2 is of in WIT, and none in Java");
        assertWrong(
                dice("roll-twice", "roll"),
                "WIT has dice-roll.roll, and io.trinity.sandbox.BroughtTypeTest$DiceWorld has no"
                        + " method roll");
    }

    private void assertWrong(Brought brought, String sentence) {
        RuntimeException e = assertThrows(RuntimeException.class, () -> contract.with(brought));
        assertTrue(String.valueOf(e.getMessage()).contains(sentence), e.getMessage());
    }

    /** A world, and the same one as its bundle brings it after an update: of other classes. */
    public interface RollWorld extends World {
        record Die(long sides) {}

        long roll(CallOptions options, List<Die> dice);
    }

    /** The other one. */
    public interface RollAgainWorld extends World {
        record Die(long sides) {}

        long roll(CallOptions options, List<Die> dice);
    }

    @Test
    void aGenerationThatServesIsCalledWithTheClassesThatItsTypeHasNow() {
        String wit =
                """
                package acme:dice@1.0.0;
                interface types { record die { sides: u32 } }
                world roll { use types.{die}; export roll: func(dice: list<die>) -> u32; }
                """;
        FakeEngine engine = new FakeEngine();
        engine.module.exports("roll", ModuleOf.i32(2, 1));
        engine.start =
                (guest, links) -> guest.functions.put("roll", a -> guest.memory.getInt((int) a[0]));
        SandboxComponent sandbox = new SandboxComponent(engine, () -> PolicyOf.DEFAULT);
        Brought before = new Brought("roll", wit, RollWorld.class);
        sandbox.bindType(before, Map.of());
        Generation generation =
                sandbox.open(
                        new GenerationSource(
                                new ManifestOf().type(new ExtensionType("roll")).get(),
                                1,
                                "ab".repeat(32),
                                new StrippedModule(new byte[0], "none", "fake"),
                                getClass().getClassLoader()));
        RollWorld old = generation.as(RollWorld.class);
        assertEquals(6, old.roll(CallOptions.DEFAULT, List.of(new RollWorld.Die(6))));
        sandbox.unbindType(before);
        assertEquals(7, old.roll(CallOptions.DEFAULT, List.of(new RollWorld.Die(7))));
        sandbox.bindType(new Brought("roll", wit, RollAgainWorld.class), Map.of());
        assertEquals(
                8,
                generation
                        .as(RollAgainWorld.class)
                        .roll(CallOptions.DEFAULT, List.of(new RollAgainWorld.Die(8))));
        assertThrows(
                IllegalArgumentException.class,
                () -> old.roll(CallOptions.DEFAULT, List.of(new RollWorld.Die(9))));
        generation.close();
        sandbox.deactivate();
    }

    @Test
    void aPluginOfATypeThatNobodyBringsIsRefused() {
        SandboxComponent sandbox = new SandboxComponent(new FakeEngine(), () -> PolicyOf.DEFAULT);
        ManifestOf manifest = new ManifestOf().type(new ExtensionType("dice_roll"));
        ModuleOf module = new ModuleOf().exports("roll-twice", ModuleOf.i32(1, 1));
        Brought dice = dice("", "");
        assertFault(
                ErrorCode.TYPE_UNKNOWN,
                () -> sandbox.admit(manifest.get(), "ab".repeat(32), module.get()),
                "it is of type 'dice_roll', which no bundle here brings",
                "agent_behavior");
        Brought wrong = dice("u32", "s32");
        sandbox.bindType(wrong, Map.of());
        assertEquals(5, sandbox.extensionTypes().size());
        assertFault(
                ErrorCode.TYPE_UNKNOWN,
                () -> sandbox.admit(manifest.get(), "ab".repeat(32), module.get()),
                "which a bundle brings that was not taken in: dice-roll.roll-twice: sides is s32"
                        + " in WIT, for which Java has int, not long");
        sandbox.bindType(dice, Map.of());
        assertEquals(6, sandbox.extensionTypes().size());
        sandbox.admit(manifest.get(), "ab".repeat(32), module.get());
        // A second one of the name waits until the first one goes.
        Brought second = dice("", "");
        sandbox.bindType(second, Map.of());
        sandbox.unbindType(dice);
        assertEquals(6, sandbox.extensionTypes().size());
        sandbox.unbindType(second);
        sandbox.unbindType(wrong);
        assertEquals(5, sandbox.extensionTypes().size());
        sandbox.deactivate();
    }
}

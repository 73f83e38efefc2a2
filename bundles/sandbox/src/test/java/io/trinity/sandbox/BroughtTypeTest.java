package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.stream.Chunk;
import io.trinity.api.world.ExtensionDefinition;
import io.trinity.api.world.World;
import java.util.List;
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

    private final ContractCodecs contract = ContractCodecs.load();

    private record Brought(String type, String wit, Class<? extends World> world)
            implements ExtensionDefinition {}

    private static Brought dice(String from, String to) {
        assertTrue(WIT.contains(from), from);
        return new Brought("dice_roll", WIT.replace(from, to), DiceWorld.class);
    }

    @Test
    void itIsThereBesideTheContractsOwnUntilItGoes() {
        ContractCodecs with = contract.with(dice("", ""));
        assertEquals(5, contract.types().size());
        assertEquals(6, with.types().size());
        assertTrue(with.types().contains("dice_roll"));
        assertEquals(
                "[I32]",
                with.world("dice-roll").get("roll-twice").signature().parameters().toString());
        assertEquals(contract.types(), with.without("dice_roll").types());
        assertThrows(
                IllegalStateException.class, () -> with.without("dice_roll").world("dice-roll"));
    }

    @Test
    void whatIsWrongWithItIsASentence() {
        assertWrong(
                new Brought("pipeline_stage", WIT, DiceWorld.class),
                "there is a type of that name already");
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
                "dice-roll.check has the name of a function that another world exports");
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
        sandbox.bindType(dice("u32", "s32"));
        assertEquals(5, sandbox.extensionTypes().size());
        sandbox.bindType(dice);
        assertEquals(6, sandbox.extensionTypes().size());
        sandbox.admit(manifest.get(), "ab".repeat(32), module.get());
        sandbox.bindType(new Brought("dice_roll", WIT, DiceWorld.class));
        sandbox.unbindType(new Brought("dice_roll", "another", DiceWorld.class));
        assertEquals(6, sandbox.extensionTypes().size());
        sandbox.unbindType(dice);
        assertEquals(5, sandbox.extensionTypes().size());
        sandbox.deactivate();
    }
}

package io.trinity.api.world;

import io.trinity.api.agent.Action;
import io.trinity.api.agent.Observation;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import java.util.List;

/** World {@code agent-behavior}: type {@code agent_behavior}. */
public interface AgentBehaviorWorld extends World {
    /** What the agent does about what it saw, in order. */
    Answer<List<Action>> decide(CallOptions options, String address, List<Observation> seen);
}

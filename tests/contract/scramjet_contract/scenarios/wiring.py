"""Instances connected to topics, by the Sequence and by the start request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_contract.scenarios import scenario
from scramjet_contract.scenarios.topics import END, read, write
from scramjet_contract.scene import TEXT

if TYPE_CHECKING:
    from scramjet_contract.scene import Scene


@scenario("instances", "topics")
def a_sequence_may_provide_a_topic(scene: Scene) -> None:
    """The output of a Sequence that `provides` a topic goes there; the Hub names the Instance that feeds it."""
    topic = scene.topic()
    sequence = scene.upload("producer", TOPIC=topic)
    with read(scene, topic) as reading, scene.running("producer", 5, sequence=sequence) as instance:
        scene.same([reading.read_line() for _ in range(5)], [str(number) for number in range(5)], "what was read")
        scene.same(instance.info().get("provides"), topic, "`provides` of the Instance")
        instance.ended()


@scenario("instances", "topics")
def the_feeding_instance_is_named(scene: Scene) -> None:
    """While an Instance feeds a topic, the topic names it."""
    topic = scene.topic()
    with scene.running("ticker", outputTopic=topic) as instance, read(scene, topic) as reading:
        reading.read_line()
        listed = {item["topic"]: item for item in scene.get("listTopics")}
        scene.same(listed[topic].get("localProvider"), instance.id, "`localProvider` of the topic")


@scenario("instances", "topics")
def a_sequence_may_require_a_topic(scene: Scene) -> None:
    """A Sequence that `requires` a topic gets it as input; input by request is then 405."""
    topic = scene.topic()
    sequence = scene.upload("consumer", TOPIC=topic)
    with scene.running("consumer", sequence=sequence) as instance, instance.read() as output:
        write(scene, topic, b"one\ntwo\n")
        scene.same([output.read_line(), output.read_line()], ["ONE", "TWO"], "what the Sequence made of it")
        scene.same(instance.info().get("requires"), topic, "`requires` of the Instance")
        instance.write(b"three\n", TEXT, expect=405)
        scene.call("exchangeInout", 405, path=instance.path, body=b"x\n", content_type=TEXT)
        write(scene, topic, b"four\n", headers=END, expect=200)
        scene.same(output.read_all(), b"FOUR\n", "what the end of the topic left")
        instance.ended()


@scenario("instances", "topics")
def an_empty_topic_is_none(scene: Scene) -> None:
    """`inputTopic: ""` and `outputTopic: ""`, as shown for Instances without topics, count as left out."""
    with scene.running("echo", inputTopic="", outputTopic="") as instance, instance.read() as output:
        instance.write(b"one\n")
        scene.same(output.read_all(), b"one\n", "the echo")
        info = instance.ended()
        scene.same((info.get("requires", ""), info.get("provides", "")), ("", ""), "the topics it shows")


@scenario("instances", "topics")
def a_start_may_wire_input_and_output(scene: Scene) -> None:
    """`inputTopic` and `outputTopic` at start connect any Sequence to two topics."""
    source, sink = scene.topic("in"), scene.topic("out")
    scene.call("createTopic", json={"id": source, "content-type": TEXT})
    with scene.running("echo", inputTopic=source, outputTopic=sink) as instance, read(scene, sink) as reading:
        write(scene, source, b"one\ntwo\n")
        scene.same([reading.read_line(), reading.read_line()], ["one", "two"], "what came out")
        info = instance.info()
        scene.same((info.get("requires"), info.get("provides")), (source, sink), "`requires` and `provides`")
        instance.write(b"three\n", TEXT, expect=405)


@scenario("instances", "topics")
def two_instances_meet_in_a_topic(scene: Scene) -> None:
    """One Instance requires what another provides: a thousand lines pass through in order."""
    topic = scene.topic()
    producer, consumer = scene.upload("producer", TOPIC=topic), scene.upload("consumer", TOPIC=topic)
    with scene.running("consumer", sequence=consumer) as reader, reader.read() as output:
        with scene.running("producer", 1000, sequence=producer) as writer:
            lines = [output.read_line() for _ in range(1000)]
            writer.ended()
        scene.same(lines, [str(number) for number in range(1000)], "the lines")
        scene.same(reader.info()["status"], "running", "status of the consumer after the producer's end")


@scenario("instances", "topics")
def what_goes_to_a_topic_is_not_output_too(scene: Scene) -> None:
    """The output stream of an Instance that feeds a topic is empty."""
    topic = scene.topic()
    with scene.running("hello", outputTopic=topic) as instance, read(scene, topic) as reading:
        scene.same(reading.read_line(), "hello", "what the topic has")
        instance.ended()
        scene.same(instance.text(), "", "the output")

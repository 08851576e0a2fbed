from aimux.model.key_order import is_mouse_key, key_order


def test_plain_keys_come_before_special_ones_and_both_before_modified_ones() -> None:
    keys = [
        *("C-Space", "C-a", "Tab", "Enter", "C-z", "Escape", "Space", "!", "a", "~", "C-?"),
        *("Any", "MouseDown1Pane", "MouseDown1Border", "WheelUpPane", "DoubleClick1Pane"),
        *("BSpace", "F1", "F12", "Home", "Up", "Right", "KP/", "KP.", "User0", "User10", "é"),
        *("F13", "M-C-a", "M-a", "M-Up", "C-1", "C-Up", "C-M-Up", "S-Up", "Super-a"),
    ]
    assert sorted(keys, key=key_order) == keys


def test_a_key_of_the_mouse_is_known_with_modifiers_too() -> None:
    assert is_mouse_key("C-M-MouseDragEnd11StatusDefault")
    assert not is_mouse_key("Mouse")
    assert not is_mouse_key("-")

"""What travellers ask the example station, typed and spoken."""

TYPED = {
    "en": [
        "When is the next train to the airport?", "Which platform does the train to Old Town leave from?", "Where is the toilet?",
        "When does the ticket office open?", "How is the air here?", "What can you do?", "What do you record?", "I need help from staff",
        "Where can I get a coffee?", "Next trains to University", "Is there a lift?", "Tell me about quantum physics",
    ],
    "zh": [
        "下一班去机场的火车几点开？", "去老城的车在几号站台？", "厕所在哪里？", "售票处几点开门？", "这里空气怎么样？", "你能做什么？",
        "你会记录什么？", "我需要工作人员帮助", "哪里可以喝咖啡？", "去大学的下一班车", "有电梯吗？", "给我讲讲量子物理",
    ],
    "ko": [
        "공항 가는 다음 열차는 언제 있어요?", "구시가지행 열차는 몇 번 승강장에서 출발해요?", "화장실이 어디예요?", "매표소는 언제 열어요?",
        "여기 공기는 어때요?", "무엇을 할 수 있어요?", "무엇을 기록해요?", "직원 도움이 필요해요", "커피는 어디서 마실 수 있어요?",
        "대학교 가는 다음 열차", "엘리베이터 있어요?", "양자 물리에 대해 알려 줘",
    ],
}  # fmt: skip
SPOKEN = {
    "en": [
        "When is the next train to the airport please?", "Which platform does the train to Old Town leave from?",
        "Excuse me, where can I find the toilets?", "When does the ticket office open tomorrow?", "How is the air in the station today?",
    ],
    "zh": [
        "请问下一班去机场的火车几点开？", "请问去老城的车在几号站台上车？", "你好，请问最近的厕所在哪里？", "请问售票处今天几点开门？",
        "请问车站里现在的空气怎么样？",
    ],
    "ko": [
        "공항으로 가는 다음 열차는 언제 있나요?", "구시가지행 열차는 몇 번 승강장에서 타나요?", "실례지만 화장실이 어디에 있나요?",
        "매표소는 오늘 몇 시에 문을 여나요?", "지금 역 안의 공기는 어떤가요?",
    ],
}  # fmt: skip
